using System.Diagnostics;
using EventDriven.AppHost.Targets;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using Spectre.Console;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// The whole application under three times as many orders as its Checkout sustains beside its consumers: none of its services takes more
/// memory than its container has, neither during the overload nor while the consumers catch up.
/// </summary>
internal sealed class OverloadMemoryBenchmark : Benchmark
{
    // What .NET takes of a container's memory at most, unless it is told otherwise.
    private const double HeapShare = 0.75;

    public override string Name => "overload-memory";

    // What services meet in a container, whose limit there is none of here.
    private static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>(CheckoutService.WithoutCallerLimits, StringComparer.Ordinal)
        {
            ["DOTNET_GCHeapHardLimit"] = $"{(long)(Limits.Service.MemoryMiB * HeapShare) * 1024 * 1024:X}",
        };

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var application = await RunningApplication.StartAsync(
            Path.Combine(stage.Folder, Name), cancellationToken, environment: Environment);
        await ShopStock.FillAsync(application, cancellationToken);
        using var catchUp = new CatchUp(application);
        using var flood = new Flood(application.Url("checkout"), application.NewToken());

        // Slowly at first, while the services and the broker compile their code.
        var start = stage.Size(400, 20);
        await flood.RunAsync(start / 4, stage.Size(60, 1), cancellationToken);
        var sustained = await SustainedRate.FindAsync(
            start, perSecond => flood.RunAsync(perSecond, stage.Size(10, 2), cancellationToken));
        await catchUp.WaitAsync(cancellationToken);

        var rate = Math.Max(2, (int)Math.Ceiling(sustained));
        var half = await MeasureAsync(rate / 2, stage.Size(60, 2));
        var stored = await catchUp.OrdersAsync(cancellationToken);
        var over = await MeasureAsync(rate * OverloadBenchmark.Factor, stage.Size(120, 5));
        stored = await catchUp.OrdersAsync(cancellationToken) - stored;
        Print(sustained, half, over);

        var largest = over.Services.Max(service => service.Measured.PeakRssMb);
        var sent = over.Sent.Statuses.Length / over.Sent.Seconds / sustained;
        var others = over.Sent.Others + over.Sent.TooManyRequests;
        var lost = Math.Abs(stored - over.Sent.Accepted);
        return
        [
            new Figure { Name = Name, Unit = "MiB", Ours = largest, Met = largest <= Limits.Service.MemoryMiB,
                Target = $"≤ {Limits.Service.MemoryMiB}, the limit of a deployed service; the largest one's peak RSS" },
            new Figure { Name = $"{Name}/sent", Unit = "times what is sustained", Ours = sent, Met = sent >= OverloadBenchmark.LeastFactor,
                Target = $"≥ {OverloadBenchmark.LeastFactor}: the generator reaches what it is to send" },
            new Figure { Name = $"{Name}/errors", Unit = "answers", Ours = others, Met = others == 0, Target = "0 but 201 and 503" },
            new Figure { Name = $"{Name}/lost", Unit = "orders", Ours = lost, Met = lost == 0,
                Target = "0 accepted orders lost or doubled" },
            new Figure { Name = $"{Name}/catch-up", Unit = "s", Ours = over.CaughtUp.TotalSeconds, Met = true,
                Target = $"until all is handled, which is an error after {CatchUp.Bound.TotalMinutes:N0} min" },
        ];

        async Task<Phase> MeasureAsync(int perSecond, int seconds)
        {
            var meters = new ServiceMeters(application);
            var result = await flood.RunAsync(perSecond, seconds, cancellationToken);
            var ended = Stopwatch.GetTimestamp();
            await catchUp.WaitAsync(cancellationToken);
            return new Phase(result, meters.Read(result.Statuses.Length), Stopwatch.GetElapsedTime(ended));
        }
    }

    private static void Print(double sustained, Phase half, Phase over)
    {
        AnsiConsole.WriteLine(
            $"overload-memory: {sustained:N0} orders/s sustained, {over.Sent.Statuses.Length / over.Sent.Seconds:N0}/s sent, "
            + $"{over.Sent.Accepted:N0} accepted ({over.Sent.Accepted / over.Sent.Seconds:N0}/s), {over.Sent.Overloaded:N0} times 503");
        var table = new Table();
        table.AddColumns("service", "peak RSS MiB at half of what is sustained", "in the overload, and until all is handled");
        foreach (var (first, second) in half.Services.Zip(over.Services))
        {
            table.AddRow(first.Service, $"{first.Measured.PeakRssMb:N0}", $"{second.Measured.PeakRssMb:N0}");
        }

        AnsiConsole.Write(table);
    }

    private sealed record Phase(FloodResult Sent, List<(string Service, Measurement Measured)> Services, TimeSpan CaughtUp);
}
