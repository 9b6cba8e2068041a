using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>Whether the relay's speed and memory depend on how many events are stored.</summary>
internal sealed class OutboxGrowthBenchmark : Benchmark
{
    private const double Tolerance = 0.15;

    public override string Name => "outbox-growth";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        int[] depths = stage.IsQuick ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
        var contestants = depths.Select(depth => ContestantSpec.Ours("outbox") with { Name = $"{depth}", Events = depth }).ToArray();
        var turns = await stage.InTurnsAsync(Name, depths[^1], contestants, cancellationToken);
        var speeds = contestants.Select(c => turns.Median(c.Name, m => m.PerSecond)!.Value).ToArray();
        var memory = contestants.Select(c => turns.Median(c.Name, m => m.PeakRssMb)!.Value).ToArray();
        return
        [
            new Figure
            {
                Name = "outbox/growth", Unit = "slowest / fastest of 10 000, 100 000, 1 000 000", Ours = speeds.Min() / speeds.Max(),
                Target = "≥ 0.85", Met = speeds.Min() >= (1 - Tolerance) * speeds.Max(),
            },
            new Figure
            {
                Name = "outbox/memory", Unit = "peak RSS at 1 000 000 / at 100 000", Ours = memory[^1] / memory[^2],
                Target = "≤ 1.15", Met = memory[^1] <= (1 + Tolerance) * memory[^2],
            },
        ];
    }
}
