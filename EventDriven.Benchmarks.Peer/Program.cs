using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Peer.Consume;
using EventDriven.Benchmarks.Peer.EndToEnd;
using EventDriven.Benchmarks.Peer.Outbox;

// Started by ./bench.sh, like the contestants of EventDriven.Benchmarks.
Func<Servers, Task<IContestant>> create = args switch
{
    ["contestant", "consume/peer"] => ConsumePeer.CreateAsync,
    ["contestant", "consume-single/peer"] => ConsumePeer.CreateSingleAsync,
    ["contestant", "outbox/peer"] => OutboxPeer.CreateAsync,
    ["contestant", "outbox-memory/peer"] => OutboxPeer.CreateFromMemoryAsync,
    ["contestant", "end-to-end/peer"] => EndToEndPeer.CreateAsync,
    _ => throw new InvalidOperationException($"Not a contestant: {string.Join(' ', args)}."),
};
return await ContestantHost.RunAsync(create);
