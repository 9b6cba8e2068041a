using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Analytics;

/// <summary>Events of all topics into Analytics' read model, offsets in the same transaction, against a COPY of as many rows.</summary>
internal sealed class AnalyticsBenchmark : Benchmark
{
    public override string Name => "analytics";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(500_000, 8_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name)], cancellationToken);
        var ours = turns.Ours(m => m.PerSecond);
        var twin = turns.Twin(m => m.PerSecond);
        return
        [
            new Figure
            {
                Name = Name, Unit = "events/s", Ours = ours, Twin = twin, Target = "≥ 0.25 of the twin and ≥ 25 000 events/s",
                Met = ours >= 0.25 * twin && ours >= 25_000,
            },
        ];
    }
}
