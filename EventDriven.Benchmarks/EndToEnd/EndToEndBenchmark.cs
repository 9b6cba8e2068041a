using System.Diagnostics;
using EventDriven.Benchmarks.Harness;
using Spectre.Console;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>
/// The whole application at a steady rate of orders: from the POST until the order is confirmed and the mail that says so is stored.
/// </summary>
internal sealed class EndToEndBenchmark : Benchmark
{
    private const int WarmUpSeconds = 30;

    // Every look takes processor time from what is looked at. The steps on the way are for information, the end is judged.
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EndInterval = TimeSpan.FromMilliseconds(5);

    // The work behind the last answer has to end with it; a queue that had grown would take longer.
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(1);

    public override string Name => "end-to-end";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        // Before the application is there, which would take their processor time.
        var reservations = await stage.InTurnsAsync(
            $"{Name}: order → reservation", stage.Size(200 * 20, 100), [ContestantSpec.Ours(Name), ContestantSpec.Peer(Name)],
            cancellationToken);
        var (ours, peer) = (reservations.Ours(m => m.P50Ms)!, reservations.Peer(m => m.P50Ms)!.Value);
        stage.Keep(new Figure
        {
            Name = $"{Name}/reservation",
            Unit = "ms (p50)",
            Ours = ours,
            Peer = peer,
            Target = "≤ 0.5 × the peer",
            Met = ours <= 0.5 * peer,
        });
        await using var application = await RunningApplication.StartAsync(Path.Combine(stage.Folder, Name), cancellationToken);
        await ShopStock.FillAsync(application, cancellationToken);
        var reserved = new StoredWatch(
            application.ConnectionString("inventorydb"), "SELECT order_id FROM reservations WHERE order_id = ANY($1)", StepInterval);
        var confirmed = new StoredWatch(
            application.ConnectionString("checkoutdb"), "SELECT id FROM orders WHERE id = ANY($1) AND state = 'Confirmed'", StepInterval);

        // The kind within an expression, or the planner goes through the whole primary key for it, whose second column it is.
        var mailed = new StoredWatch(
            application.ConnectionString("notificationsdb"),
            "SELECT about FROM messages WHERE about = ANY($1) AND kind || '' = 'order-confirmed'",
            EndInterval);
        StoredWatch[] watches = [reserved, confirmed, mailed];

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = watches.Select(watch => watch.RunAsync(stopping.Token)).ToArray();
        using var stream = new OrderStream(application, watches);

        // Slowly at first, then faster, while the services and the broker compile their code.
        var perSecond = stage.Size(200, 20);
        foreach (var rate in new[] { perSecond / 10, perSecond / 2, perSecond })
        {
            await stream.RunAsync(rate, stage.Size(WarmUpSeconds * rate, 2), cancellationToken);
        }

        await UntilDoneAsync(watches, cancellationToken);

        var services = new ServiceMeters(application);
        var (due, answered) = await stream.RunAsync(perSecond, perSecond * stage.Size(60, 2), cancellationToken);
        var behind = await UntilDoneAsync(watches, cancellationToken);
        services.Print(Name, due.Length);
        await stopping.CancelAsync();
        await Task.WhenAll(watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The mail follows from OrderConfirmed, which is committed with the order's state: when it is there, the order is Confirmed.
        var end = Latencies.Of(due, order => mailed.Seen[order]);
        Print(
            [("answered", Latencies.Of(due, order => answered[order])),
                (Step("reserved"), Latencies.Of(due, order => reserved.Seen[order])),
                (Step("confirmed"), Latencies.Of(due, order => confirmed.Seen[order])), ("mail stored", end)],
            behind);
        return
        [
            new Figure { Name = Name, Unit = "ms (p50)", Ours = end.P50, Target = "≤ 30 ms", Met = end.P50 <= 30 },
            new Figure { Name = $"{Name}/p99", Unit = "ms", Ours = end.P99, Target = "≤ 200 ms", Met = end.P99 <= 200 },
            new Figure
            {
                Name = $"{Name}/growth", Unit = "ms (p50)", Ours = end.Growth,
                Target = "last third ≤ first third + 5 ms, done within 1 s of the last order",
                Met = end.Growth <= 5 && behind <= EndBound,
            },
        ];
    }

    /// <summary>Waits until everything that was ordered is stored everywhere.</summary>
    /// <returns>How long that took.</returns>
    private static async Task<TimeSpan> UntilDoneAsync(StoredWatch[] watches, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!Array.TrueForAll(watches, watch => watch.IsDone))
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException("Some orders were not confirmed, or their mail was not stored, within two minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static string Step(string stage) => $"{stage}, up to {StepInterval.TotalMilliseconds:N0} ms too late";

    private static void Print((string Stage, Latencies Latencies)[] stages, TimeSpan behind)
    {
        var table = new Table { Title = new TableTitle($"end-to-end: all stored {behind.TotalMilliseconds:N0} ms after the last answer") };
        table.AddColumns("from when the order was due until it is", "p50 ms", "p99 ms", "max ms", "last third − first third ms");
        foreach (var (stage, latencies) in stages)
        {
            table.AddRow(stage, $"{latencies.P50:N1}", $"{latencies.P99:N1}", $"{latencies.Max:N1}", $"{latencies.Growth:N1}");
        }

        AnsiConsole.Write(table);
    }
}
