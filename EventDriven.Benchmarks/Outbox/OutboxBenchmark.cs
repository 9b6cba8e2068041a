using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Outbox;

/// <summary>Stored events, each with a key of its own: how fast they get to the broker and leave the table.</summary>
internal sealed class OutboxBenchmark : Benchmark
{
    // It stores what is to be drained one transaction after another, which takes longer than draining it. Ten pages of its reads: with
    // fewer, most of them are in memory by the time at which its first message arrives and its measurement begins.
    private const double PeerShare = 0.5;

    public override string Name => "outbox";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var turns = await stage.InTurnsAsync(
            Name, stage.Size(200_000, 2_000), [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name), ContestantSpec.Peer(Name, PeerShare)],
            cancellationToken);
        var ours = turns.Ours(m => m.PerSecond);
        var twin = turns.Twin(m => m.PerSecond);
        var peer = turns.Peer(m => m.PerSecond);
        return
        [
            new Figure
            {
                Name = Name, Unit = "events/s", Ours = ours, Twin = twin, Target = "≥ 0.40 of the twin and ≥ 15 000 events/s",
                Met = ours >= 0.4 * twin && ours >= 15_000,
            },
            new Figure { Name = Name + "/peer", Unit = "events/s", Ours = ours, Peer = peer, Target = "≥ 3 × the peer",
                Met = ours >= 3 * peer },
        ];
    }
}
