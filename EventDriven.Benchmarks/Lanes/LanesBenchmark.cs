using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Lanes;

/// <summary>Events of 20 keys on one partition, each with 0 to 5 ms of waiting: one key at a time, all keys at once.</summary>
internal sealed class LanesBenchmark : Benchmark
{
    public override string Name => "lanes";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(10_000, 1_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name)], cancellationToken);
        var ours = turns.Ours(m => m.Seconds);
        var twin = turns.Twin(m => m.Seconds);
        return
        [
            new Figure { Name = Name, Unit = "s", Ours = ours, Twin = twin, Target = "≤ 1.1 × the twin's time", Met = ours <= 1.1 * twin },
        ];
    }
}
