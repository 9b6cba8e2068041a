using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Idle;

/// <summary>The whole application without orders, started on an empty folder: what it costs to be there.</summary>
internal sealed class IdleBenchmark : Benchmark
{
    // What a start leaves behind: groups that find their members, and code that is compiled better in the background, twice, each time
    // after it has run thirty times: what runs every five seconds takes five minutes, and then the compiler's time.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(7);

    public override string Name => "idle";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        await using var application = await RunningApplication.StartAsync(Path.Combine(stage.Folder, Name), cancellationToken);
        await Task.Delay(stage.IsQuick ? TimeSpan.Zero : Settling, TimeProvider.System, cancellationToken);

        var meters = new ServiceMeters(application);
        var seconds = stage.Size(60, 1);
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancellationToken);
        meters.Print(Name, seconds);
        var services = meters.Read(seconds);
        var core = services.Sum(s => s.Measured.CpuSeconds / s.Measured.Seconds) * 100;
        var start = application.StartSeconds;
        var largest = services.Max(s => s.Measured.PeakRssMb);
        return
        [
            new Figure { Name = Name, Unit = "% of a core", Ours = core, Target = "< 2 %, all services together", Met = core < 2 },
            new Figure { Name = $"{Name}/memory", Unit = "MiB", Ours = largest, Target = "< 150 MB, the largest service",
                Met = largest * 1.048576 < 150 },
            new Figure { Name = $"{Name}/start", Unit = "s", Ours = start, Target = "≤ 20 s until all are healthy", Met = start <= 20 },
        ];
    }
}
