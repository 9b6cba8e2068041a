using System.Diagnostics;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using EventDriven.Benchmarks.Harness.Contestants;
using Spectre.Console;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// The whole application under three times as many orders as its Checkout sustains beside its consumers: none of its services keeps in
/// memory what it can't handle yet, neither during the overload nor while the consumers catch up.
/// </summary>
internal sealed class OverloadMemoryBenchmark : Benchmark
{
    private const int Factor = 3;
    private const double MostGrowthMb = 256;

    public override string Name => "overload-memory";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var application = await RunningApplication.StartAsync(
            Path.Combine(stage.Folder, Name), cancellationToken, environment: CheckoutService.WithoutCallerLimits);
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
        var (before, _, _) = await MeasureAsync(rate / 2, stage.Size(60, 2));
        var (over, result, caughtUp) = await MeasureAsync(rate * Factor, stage.Size(120, 5));
        Print(sustained, before, over, result);
        var growth = before.Zip(over).Max(service => service.Second.Measured.PeakRssMb - service.First.Measured.PeakRssMb);
        return
        [
            new Figure { Name = Name, Unit = "MiB", Ours = growth, Met = growth <= MostGrowthMb,
                Target = $"≤ {MostGrowthMb} more than at half of what is sustained, the service that grows most" },
            new Figure { Name = $"{Name}/catch-up", Unit = "s", Ours = caughtUp.TotalSeconds, Met = true,
                Target = $"every accepted order decided, every group at lag 0; an error after {CatchUp.Bound.TotalMinutes:N0} min" },
        ];

        async Task<(List<(string Service, Measurement Measured)> Services, FloodResult Result, TimeSpan CaughtUp)> MeasureAsync(
            int perSecond, int seconds)
        {
            var meters = new ServiceMeters(application);
            var sent = await flood.RunAsync(perSecond, seconds, cancellationToken);
            var ended = Stopwatch.GetTimestamp();
            await catchUp.WaitAsync(cancellationToken);
            return (meters.Read(sent.Statuses.Length), sent, Stopwatch.GetElapsedTime(ended));
        }
    }

    private static void Print(
        double sustained, List<(string Service, Measurement Measured)> before, List<(string Service, Measurement Measured)> over,
        FloodResult result)
    {
        var table = new Table
        {
            Title = new TableTitle(
                $"overload-memory: {sustained:N0} orders/s sustained, {result.Statuses.Length / result.Seconds:N0}/s sent, "
                + $"{result.Accepted:N0} accepted ({result.Accepted / result.Seconds:N0}/s), {result.Overloaded:N0} times 503, "
                + $"{result.Others + result.TooManyRequests:N0} others"),
        };
        table.AddColumns("service", "peak RSS MiB at half of that", "in the overload, and until all is handled");
        foreach (var (first, second) in before.Zip(over))
        {
            table.AddRow(first.Service, $"{first.Measured.PeakRssMb:N0}", $"{second.Measured.PeakRssMb:N0}");
        }

        AnsiConsole.Write(table);
    }
}
