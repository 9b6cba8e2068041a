using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Peer.Service;
using Npgsql;
using Wolverine;
using Wolverine.Kafka;
using Wolverine.Runtime;

namespace EventDriven.Benchmarks.Peer.Outbox;

/// <summary>
/// Drains stored messages. The peer's sender reads its table only to recover what a lost node has left behind, a page every some seconds; what a
/// living node has stored it also keeps in memory and sends from there once the transaction is committed. So messages are stored in transactions of a
/// thousand each, all of them are held back in memory, and then let go at once: measured from there until the broker has them all and the peer has
/// deleted the last row. This leaves out reading the rows, which the peer doesn't do, and storing them, as for the others.
/// </summary>
internal sealed class OutboxPeer(Servers servers) : IContestant
{
    private const int TransactionSize = 1_000;
    private const int BatchSize = 2_000;
    private const int ParallelBatches = 4;

    private static readonly TimeSpan FillBatchesFor = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new OutboxPeer(servers));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("outbox-peer", PeerTopic.Partitions, cancellationToken);
        var database = await servers.CreateDatabaseAsync("outbox_peer", cancellationToken);
        await using var service = await PeerService.StartAsync("sales", database, options => Configure(options, topic), cancellationToken);
        await using var source = NpgsqlDataSource.Create(database);
        var stored = await StoreAsync(service.Runtime, source, events, cancellationToken);
        using var reader = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = servers.Kafka, GroupId = "outbox-peer" }).Build();

        var meter = new Meter();
        foreach (var context in stored)
        {
            await context.FlushOutgoingMessagesAsync();
        }

        while (Arrived(reader, topic) < events || await HasRowsAsync(source, cancellationToken))
        {
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        var measured = meter.Stop(events);
        return Arrived(reader, topic) == events ? measured : throw new InvalidOperationException("More arrived than was sent.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<List<MessageContext>> StoreAsync(
        IWolverineRuntime runtime, NpgsqlDataSource source, int events, CancellationToken cancellationToken)
    {
        var stored = new List<MessageContext>();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in Enumerable.Range(0, events).Chunk(TransactionSize))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var now = TimeProvider.System.GetUtcNow();
            stored.Add(await PeerOutbox.StoreAsync(runtime, transaction, chunk.Select(_ => PeerSale.Create(Guid.CreateVersion7(now), now))));
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

    private void Configure(WolverineOptions options, string topic)
    {
        options.UseKafka(servers.Kafka).UseIdempotentProducer();
        options.PublishMessage<PeerSale>()
            .ToKafkaTopic(topic)
            .UseInterop(new CloudEventMapper())
            .UseDurableOutbox()
            .MessageBatchSize(BatchSize)
            .MessageBatchTimeout(FillBatchesFor)
            .MessageBatchMaxDegreeOfParallelism(ParallelBatches)
            .TelemetryEnabled(false);
    }
}
