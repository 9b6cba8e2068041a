using EventDriven.Benchmarks.Consume;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Peer.Service;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Kafka;
using Wolverine.Transports;

namespace EventDriven.Benchmarks.Peer.Consume;

/// <summary>
/// Events waiting on a topic, through the peer's durable inbox, to one row each. Measured from the first record that is received until the
/// last effect is committed; compiling the handler, joining the group and marking the last inbox rows as handled are not measured. Set up
/// for throughput: one consumer (more of them only rebalance, all partitions reach one anyway), large receiving batches, and the peer's
/// batched handler, which is several times faster than its handler of one message. In exchange the peer gives up order per key, and inbox
/// and effect are not one transaction: an effect must tolerate to be repeated. <c>consume-single/peer</c> is the peer's handler of one
/// message, which marks its inbox row in the transaction of the effect: like for like in what is promised, though not in order per key.
/// </summary>
internal sealed class ConsumePeer(Servers servers, bool batched) : IContestant
{
    private const int BatchSize = 2_000;
    private const int ParallelBatches = 4;

    // The worker that only hands messages over to the batches.
    private const int ParallelMessages = 100;

    // Beyond its limits the peer closes its consumer and joins the group anew later, which costs seconds.
    private static readonly BufferingLimits NeverPause = new(2_000_000, 1_000_000);
    private static readonly TimeSpan FillBatchesFor = TimeSpan.FromMilliseconds(20);

    private (int Events, string Topic)? _filled;

    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new ConsumePeer(servers, batched: true));

    public static Task<IContestant> CreateSingleAsync(Servers servers) =>
        Task.FromResult<IContestant>(new ConsumePeer(servers, batched: false));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await TopicAsync(events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_peer", cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        using var ready = new ManualResetEventSlim();
        await using var store = await SalesStore.CreateAsync(database, sales => progress.Committed(sales.Count), cancellationToken);
        var mapper = new CloudEventMapper(() =>
        {
            ready.Wait(cancellationToken);
            progress.Started();
        });
        await using var service = await PeerService.StartAsync(
            "sales", database, options => Configure(options, topic, mapper), cancellationToken, services => services.AddSingleton(store));

        // A handler is compiled when it is first called.
        await service.Bus.InvokeAsync(batched ? Array.Empty<PeerSale>() : StoreSale.Nothing, cancellationToken);
        ready.Set();
        await progress.Done.WaitAsync(cancellationToken);
        var measured = progress.Stop();
        await store.VerifyAsync(events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Configure(WolverineOptions options, string topic, CloudEventMapper mapper)
    {
        options.UseKafka(servers.Kafka);
        options.Durability.MarkAsHandledBatchSize = BatchSize;
        options.ListenToKafkaTopic(topic)
            .UseInterop(mapper)
            .ExtendConsumerConfiguration(consumer => consumer.GroupId = Servers.Unique("consume-peer"))
            .BeginAtEarliest()
            .UseDurableInbox(NeverPause)
            .MaximumMessagesToReceive(BatchSize)
            .MaximumParallelMessages(ParallelMessages)
            .TelemetryEnabled(false);
        if (!batched)
        {
            options.Discovery.IncludeType<StoreSale>();
            return;
        }

        options.Discovery.IncludeType<StoreSales>();
        options.BatchMessagesOf<PeerSale>(batching =>
        {
            batching.BatchSize = BatchSize;
            batching.TriggerTime = FillBatchesFor;
        }).MaximumParallelMessages(ParallelBatches).TelemetryEnabled(false);
    }

    /// <summary>A topic with so many events; the same one in each turn.</summary>
    private async Task<string> TopicAsync(int events, CancellationToken cancellationToken)
    {
        if (_filled is not { } filled || filled.Events != events)
        {
            filled = (events, await PeerTopic.FilledAsync(servers, "consume-peer", events, cancellationToken));
            _filled = filled;
        }

        return filled.Topic;
    }
}
