using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Scaling;

/// <summary>
/// The measured points of the model in docs/performance.md: <c>consume</c> at 1, 2 and 4 partitions and instances. All of it shares this
/// machine, so what is seen is where its processor time ends, and that neither a partition nor an instance more costs anything by itself.
/// </summary>
internal sealed class ScalingBenchmark : Benchmark
{
    private const int Turns = 3;

    public override string Name => "scaling";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        IEnumerable<(int Partitions, int Instances)> points = stage.IsQuick ? [ScalingOurs.Points[^1]] : ScalingOurs.Points;
        var contestants = points
            .Select(
                point =>
                    ContestantSpec.Ours(Name) with { Name = ScalingOurs.NameOf(point), Contestant = $"{Name}/{ScalingOurs.NameOf(point)}" })
            .ToArray();
        var turns = await stage.InTurnsAsync(Name, stage.Size(100_000, 2_000), contestants, cancellationToken, Turns);
        return
        [
            .. contestants.Select(c => new Figure
            {
                Name = $"{Name}/{c.Name}", Unit = "events/s (partitions × instances)", Ours = turns.Median(c.Name, m => m.PerSecond)!.Value,
                Target = "none; for the model", Met = true,
            }),
        ];
    }
}
