using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using Spectre.Console;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// Three times as many orders as Checkout sustains on this machine, for two minutes: what is accepted is answered in time, the rest is
/// refused, memory stays bounded, nothing acknowledged is lost, and afterwards all is as before.
/// </summary>
internal sealed class OverloadBenchmark : Benchmark
{
    /// <summary>How many times what is sustained is sent.</summary>
    public const int Factor = 3;

    /// <summary>How many times that the generator must reach.</summary>
    public const double LeastFactor = 2.7;

    private const double MostMs = 1_000;
    private const double MostMemoryMb = 256;
    private const int MostRecoverySeconds = 30;

    // A p99 of single seconds is that of a few hundred orders.
    private const double NormalFactor = 3;
    private const double NormalMs = 100;

    public override string Name => "overload";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var checkout = await CheckoutService.StartAsync(stage.Servers, "checkout_overload", cancellationToken);
        var closed = await WarmAsync(checkout, stage, cancellationToken);
        using var flood = new Flood(checkout.Url, checkout.NewToken());
        var meterBefore = new Meter(checkout.Process);
        var sustained = await SustainedRate.FindAsync(
            (int)(closed.PerSecond / 2), perSecond => flood.RunAsync(perSecond, stage.Size(10, 3), cancellationToken));
        var memoryBefore = Math.Max(closed.PeakRssMb, meterBefore.Stop(1).PeakRssMb);
        stage.Keep(new Figure
        {
            Name = $"{Name}/sustained",
            Unit = "requests/s",
            Ours = sustained,
            Target = "what the overload is a multiple of",
            Met = true,
        });
        var orders = new AcknowledgedOrders(checkout, stage.Servers.Kafka);
        await orders.BeginAsync(cancellationToken);

        var rate = Math.Max(2, (int)Math.Ceiling(sustained));
        var before = await flood.RunAsync(rate / 2, stage.Size(15, 2), cancellationToken);
        var meter = new Meter(checkout.Process);
        var over = await flood.RunAsync(rate * Factor, stage.Size(120, 10), cancellationToken);
        var memory = meter.Stop(over.Statuses.Length).PeakRssMb;
        var after = await flood.RunAsync(rate / 2, stage.Size(MostRecoverySeconds + 10, 5), cancellationToken);
        Print([("before", before), ("overload", over), ("after", after)]);
        Keep(stage, sustained, before, over, after, memory, memoryBefore);

        var lost = await orders.LostAsync([before, over, after], cancellationToken);
        return
        [
            new Figure { Name = $"{Name}/lost", Unit = "orders", Ours = lost.Orders, Target = "0 acknowledged orders lost or doubled",
                Met = lost.Orders == 0 },
            new Figure { Name = $"{Name}/lost-events", Unit = "events", Ours = lost.Events, Target = "0 events lost or doubled",
                Met = lost.Events == 0 },
        ];
    }

    private static async Task<Measurement> WarmAsync(CheckoutService checkout, Stage stage, CancellationToken cancellationToken)
    {
        using var load = new OrderLoad(checkout.NewToken());
        await load.RunAsync(checkout.Url, checkout.Process, stage.Size(60_000, 1_000), cancellationToken);
        return await load.RunAsync(checkout.Url, checkout.Process, stage.Size(30_000, 1_000), cancellationToken);
    }

    private void Keep(
        Stage stage, double sustained, FloodResult before, FloodResult over, FloodResult after, double memory, double memoryBefore)
    {
        var sent = over.Statuses.Length / over.Seconds;
        var (accepted, p99) = (over.Accepted / over.Seconds, over.AcceptedMs(0.99));
        var others = before.Others + over.Others + after.Others;
        var recovery = Recovery(before, after);
        stage.Keep(new Figure
        {
            Name = Name,
            Unit = "ms (p99)",
            Ours = p99,
            Target = "< 1 000 ms, of what is accepted",
            Met = p99 < MostMs,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/sent",
            Unit = "times what is sustained",
            Ours = sent / sustained,
            Target = $"≥ {LeastFactor}: the generator reaches what it is to send",
            Met = sent >= LeastFactor * sustained,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/accepted",
            Unit = "requests/s",
            Ours = accepted,
            Target = "≥ 0.5 of what is sustained",
            Met = accepted >= 0.5 * sustained,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/errors",
            Unit = "answers",
            Ours = others,
            Target = "0 but 201, 429 and 503",
            Met = others == 0,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/memory",
            Unit = "MiB",
            Ours = memory,
            Target = $"≤ the peak of the sustained load ({memoryBefore:N0}) + {MostMemoryMb}",
            Met = memory <= memoryBefore + MostMemoryMb,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/recovery",
            Unit = "s",
            Ours = recovery,
            Target = "≤ 30 s until p99 is normal again",
            Met = recovery <= MostRecoverySeconds,
        });
    }

    /// <summary>Seconds until everything is accepted, and as fast as before, and stays so.</summary>
    private static int Recovery(FloodResult before, FloodResult after)
    {
        var normal = Math.Max(NormalMs, NormalFactor * before.AcceptedMs(0.99));
        return 1 + after.BySecond().ToList().FindLastIndex(
            second => second.Accepted < second.Statuses.Length || second.AcceptedMs(0.99) > normal);
    }

    private static void Print((string Phase, FloodResult Result)[] phases)
    {
        var table = new Table { Title = new TableTitle("overload") };
        table.AddColumns(
            "phase", "sent/s", "accepted/s", "503 %", "429 %", "others", "p50 ms", "p99 ms", "refused p99 ms", "sent late p99 ms");
        foreach (var (phase, result) in phases)
        {
            var sent = result.Statuses.Length;
            table.AddRow(
                phase, $"{sent / result.Seconds:N0}", $"{result.Accepted / result.Seconds:N0}", $"{100.0 * result.Overloaded / sent:N1}",
                $"{100.0 * result.TooManyRequests / sent:N1}", $"{result.Others}", $"{result.AcceptedMs(0.5):N1}",
                $"{result.AcceptedMs(0.99):N1}", $"{result.RefusedMs(0.99):N1}", $"{result.LateMs(0.99):N1}");
        }

        AnsiConsole.Write(table);
    }
}
