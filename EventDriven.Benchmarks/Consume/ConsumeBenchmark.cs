using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Events waiting on a topic, each with a key of its own: an inbox row and a one-row effect in PostgreSQL for each.</summary>
internal sealed class ConsumeBenchmark : Benchmark
{
    // Some ten seconds of work.
    private const double PeerShare = 0.4;

    public override string Name => "consume";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(200_000, 5_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name), ContestantSpec.Peer(Name, PeerShare)], cancellationToken);
        var ours = turns.Ours(m => m.PerSecond);
        var twin = turns.Twin(m => m.PerSecond);
        var peer = turns.Peer(m => m.PerSecond);
        return
        [
            new Figure
            {
                Name = Name, Unit = "events/s", Ours = ours, Twin = twin, Target = "≥ 0.50 of the twin and ≥ 10 000 events/s",
                Met = ours >= 0.5 * twin && ours >= 10_000,
            },
            new Figure { Name = Name + "/peer", Unit = "events/s", Ours = ours, Peer = peer, Target = "≥ 3 × the peer", Met = ours >= 3 * peer },
        ];
    }
}
