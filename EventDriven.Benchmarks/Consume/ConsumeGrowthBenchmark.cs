using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Whether the consumer's speed depends on how many events wait, and on how many the inbox remembers.</summary>
internal sealed class ConsumeGrowthBenchmark : Benchmark
{
    private const double Tolerance = 0.15;
    private const int Turns = 3;

    public override string Name => "consume-growth";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        int[] sizes = stage.IsQuick ? [1_000, 2_000] : [10_000, 100_000, 1_000_000];
        var growing = sizes.Select(size => ContestantSpec.Ours("consume") with { Name = $"{size}", Events = size }).ToArray();
        var full = ContestantSpec.Ours("consume-full") with { Name = "full inbox", Events = sizes[1] };
        var turns = await stage.InTurnsAsync(Name, sizes[1], [.. growing, full], cancellationToken, Turns);
        var speeds = Array.ConvertAll(growing, spec => turns.Median(spec.Name, m => m.PerSecond)!.Value);
        var withFullInbox = turns.Median(full.Name, m => m.PerSecond)!.Value;
        return
        [
            new Figure
            {
                Name = "consume/growth", Unit = "slowest / fastest of 10 000, 100 000, 1 000 000", Ours = speeds.Min() / speeds.Max(),
                Target = "≥ 0.85", Met = speeds.Min() >= (1 - Tolerance) * speeds.Max(),
            },
            new Figure
            {
                Name = "consume/inbox", Unit = "events/s with 10 000 000 rows / with none, 100 000 events",
                Ours = withFullInbox / speeds[1],
                Target = "≥ 0.85", Met = withFullInbox >= (1 - Tolerance) * speeds[1],
            },
        ];
    }
}
