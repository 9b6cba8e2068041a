using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.ControlRoom;

/// <summary>
/// What the operator's page costs on the whole application: five open browsers while orders come, and then each page with a million
/// receipts and 100 000 dead letters.
/// </summary>
internal sealed class ControlRoomBenchmark : Benchmark
{
    private const double MostMs = 200;
    private const double MostCore = 25;
    private const double MostMb = 200;
    private const double MbInMiB = 1.048576;

    public override string Name => "control-room";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var application = await RunningApplication.StartAsync(
            Path.Combine(stage.Folder, Name), cancellationToken, hasReceipts: true);
        await ShopStock.FillAsync(application, cancellationToken);
        using var http = application.NewClient();
        http.BaseAddress = application.Url(Watchers.Service);

        var watched = await new Watchers(application, http).MeasureAsync(
            stage.Size(20, 1), stage.Size(60, 5), stage.Size(10_000 / 60, 20), cancellationToken);
        stage.Keep(new Figure
        {
            Name = $"{Name}/watchers",
            Unit = "% of a core",
            Ours = watched.CpuSeconds / watched.Seconds * 100,
            Target = $"< {MostCore:N0} %, with 10 000 orders/min and five open pages",
            Met = watched.CpuSeconds / watched.Seconds * 100 < MostCore,
        });
        stage.Keep(new Figure
        {
            Name = $"{Name}/memory",
            Unit = "MiB",
            Ours = watched.PeakRssMb,
            Target = $"< {MostMb:N0} MB, the same",
            Met = watched.PeakRssMb * MbInMiB < MostMb,
        });

        await ManyRows.FillAsync(application, stage.Size(1_000_000, 10_000), stage.Size(100_000, 1_000), cancellationToken);
        var slowest = await new Pages(application, http).MeasureAsync(
            warmUp: stage.Size(20, 1), requests: stage.Size(100, 5), cancellationToken);
        return
        [
            new Figure
            {
                Name = $"{Name}/pages",
                Unit = "ms (p95)",
                Ours = slowest,
                Target = $"< {MostMs:N0} ms, the slowest page",
                Met = slowest < MostMs,
            },
        ];
    }
}
