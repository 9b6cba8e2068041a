using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Events waiting on a topic, each with a key of its own: an inbox row and a one-row effect in PostgreSQL for each.</summary>
internal sealed class ConsumeBenchmark : Benchmark
{
    public override string Name => "consume";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(200_000, 5_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name)], cancellationToken);
        var ours = turns.Ours(m => m.PerSecond);
        var twin = turns.Twin(m => m.PerSecond);
        return
        [
            new Figure
            {
                Name = Name, Unit = "events/s", Ours = ours, Twin = twin, Target = "≥ 0.50 of the twin and ≥ 10 000 events/s",
                Met = ours >= 0.5 * twin && ours >= 10_000,
            },
        ];
    }
}
