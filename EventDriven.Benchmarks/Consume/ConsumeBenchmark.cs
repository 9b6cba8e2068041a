using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Consume;

/// <summary>Events waiting on a topic, each with a key of its own: an inbox row and a one-row effect in PostgreSQL for each.</summary>
internal sealed class ConsumeBenchmark : Benchmark
{
    // Some ten seconds of work.
    private const double PeerShare = 0.4;
    private const double OneByOneShare = 0.1;
    private const string OneByOne = "ours, one by one";
    private const string PeerOneByOne = "peer, one by one";

    public override string Name => "consume";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var oneByOne = ContestantSpec.Ours("consume-single") with { Name = OneByOne, Share = OneByOneShare };
        var singlePeer = ContestantSpec.Peer("consume-single", OneByOneShare) with { Name = PeerOneByOne };
        var turns = await stage.InTurnsAsync(
            Name,
            stage.Size(200_000, 2_000),
            [ContestantSpec.Ours(Name), ContestantSpec.Twin(Name), ContestantSpec.Peer(Name, PeerShare), oneByOne, singlePeer],
            cancellationToken);
        var ours = turns.Ours(m => m.PerSecond);
        var twin = turns.Twin(m => m.PerSecond);
        var peer = turns.Peer(m => m.PerSecond);
        var single = turns.Median(OneByOne, m => m.PerSecond)!.Value;
        var peerSingle = turns.Median(PeerOneByOne, m => m.PerSecond);
        return
        [
            new Figure
            {
                Name = Name, Unit = "events/s", Ours = ours, Twin = twin, Target = "≥ 0.50 of the twin and ≥ 10 000 events/s",
                Met = ours >= 0.5 * twin && ours >= 10_000,
            },
            new Figure
            {
                Name = Name + "/peer", Unit = "events/s, handlers of batches", Ours = ours, Peer = peer, Target = "≥ 3 × the peer",
                Met = ours >= 3 * peer,
            },
            new Figure
            {
                Name = Name + "/peer-one-by-one", Unit = "events/s, handlers of single events", Ours = single, Peer = peerSingle,
                Target = "≥ 3 × the peer",
                Met = single >= 3 * peerSingle,
            },
        ];
    }
}
