using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Peer.Service;
using Npgsql;
using Wolverine.Kafka;
using Wolverine.Runtime;

namespace EventDriven.Benchmarks.Peer.Outbox;

/// <summary>
/// Drains stored messages. The peer has two ways to send them, and neither is quite what <c>outbox</c> asks for, so there are two
/// contestants, which are measured until the broker has all messages and the last row is deleted:
/// <list type="bullet">
/// <item><c>outbox/peer</c> reads them from the table: what a service that has stopped left there. This is the drain of a backlog; the peer
/// reads a page at each tick of a timer, so page and tick are set as tight as they go before its reads overlap and its deletes deadlock.
/// Measured from the first message that arrives, so a run must be many pages long.</item>
/// <item><c>outbox-memory/peer</c>: a living service keeps what it has stored in memory too, however much that is, and sends it from there
/// after the commit; the table is only deleted from. All transactions are committed first and let go at once. No row is read and nothing is
/// deserialized, so this is an upper bound rather than a drain.</item>
/// </list>
/// </summary>
internal sealed class OutboxPeer(Servers servers, bool fromMemory) : IContestant
{
    private const int TransactionSize = 1_000;
    private const int BatchSize = 2_000;
    private const int ParallelBatches = 4;
    private const int PageSize = 10_000;

    private static readonly TimeSpan ReadPageEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FillBatchesFor = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    public static Task<IContestant> CreateAsync(Servers servers) =>
        Task.FromResult<IContestant>(new OutboxPeer(servers, fromMemory: false));

    public static Task<IContestant> CreateFromMemoryAsync(Servers servers) =>
        Task.FromResult<IContestant>(new OutboxPeer(servers, fromMemory: true));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox-peer", PeerTopic.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("outbox_peer", cancellationToken);
        await using var source = NpgsqlDataSource.Create(database);
        using var reader = new ConsumerBuilder<Ignore, Ignore>(
            new ConsumerConfig { BootstrapServers = servers.Kafka, GroupId = "outbox-peer" }).Build();
        var service = await StartAsync(database, topic, cancellationToken);
        try
        {
            var stored = await StoreAsync(service.Runtime, source, events, cancellationToken);
            var meter = new Meter();
            if (fromMemory)
            {
                foreach (var context in stored)
                {
                    await context.FlushOutgoingMessagesAsync();
                }
            }
            else
            {
                await service.DisposeAsync();
                service = await StartAsync(database, topic, cancellationToken);
                await UntilAsync(() => Task.FromResult(Arrived(reader, topic) > 0), cancellationToken);
                meter = new Meter();
            }

            // A row is deleted when the broker has its message. Where reads overlap, messages arrive twice.
            await UntilAsync(
                async () => Arrived(reader, topic) >= events && !await HasRowsAsync(source, cancellationToken), cancellationToken);
            return meter.Stop(events);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo())
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<List<MessageContext>> StoreAsync(
        IWolverineRuntime runtime, NpgsqlDataSource source, int events, CancellationToken cancellationToken)
    {
        var stored = new List<MessageContext>();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in Enumerable.Range(0, events).Chunk(TransactionSize))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var now = TimeProvider.System.GetUtcNow();
            stored.Add(
                await PeerOutbox.StoreAsync(runtime, transaction, chunk.Select(_ => PeerSale.Create(Guid.CreateVersion7(now), now))));
            await transaction.CommitAsync(cancellationToken);
        }

        return stored;
    }

    private static async Task<bool> HasRowsAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var exists = source.CreateCommand("SELECT EXISTS (SELECT FROM wolverine.wolverine_outgoing_envelopes)");
        return (bool)(await exists.ExecuteScalarAsync(cancellationToken))!;
    }

    private static long Arrived(IConsumer<Ignore, Ignore> reader, string topic) =>
        Enumerable.Range(0, PeerTopic.Partitions).Sum(partition =>
            reader.QueryWatermarkOffsets(new TopicPartition(topic, partition), TimeSpan.FromSeconds(10)).High.Value);

    private Task<PeerService> StartAsync(string database, string topic, CancellationToken cancellationToken) => PeerService.StartAsync(
        "sales",
        database,
        options =>
        {
            options.Durability.RecoveryBatchSize = PageSize;
            options.Durability.ScheduledJobFirstExecution = TimeSpan.Zero;
            options.Durability.ScheduledJobPollingTime = ReadPageEvery;
            options.UseKafka(servers.Kafka).UseIdempotentProducer();
            options.PublishMessage<PeerSale>()
                .ToKafkaTopic(topic)
                .UseInterop(new CloudEventMapper())
                .UseDurableOutbox()
                .MessageBatchSize(BatchSize)
                .MessageBatchTimeout(FillBatchesFor)
                .MessageBatchMaxDegreeOfParallelism(ParallelBatches)
                .TelemetryEnabled(false);
        },
        cancellationToken);
}
