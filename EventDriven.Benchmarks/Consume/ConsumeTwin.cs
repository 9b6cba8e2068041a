using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Benchmarks.Consume;

/// <summary>
/// The same by hand: one loop that reads what waits while the batch before is written, an inbox insert and an effect insert a batch,
/// offsets stored after the commit. No order beyond the partition's, no retries, no telemetry, no scaling beyond its thread.
/// </summary>
internal sealed class ConsumeTwin(Servers servers) : IContestant
{
    private const int BatchSize = 1_000;
    private const string Group = "consume-twin";

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await ConsumeWork.TopicAsync(servers, events, cancellationToken);
        var database = await servers.CreateDatabaseAsync("consume_twin", cancellationToken);
        await SalesDatabase.CreateAsync(database, cancellationToken);
        var progress = new ConsumeProgress();
        progress.Expect(events);
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = Servers.Unique(Group),
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoOffsetStore = false,
        }).Build();
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken);
        consumer.Subscribe(topic);
        var writing = Task.CompletedTask;
        for (var read = 0; read < events;)
        {
            var batch = Read(consumer, progress, Math.Min(BatchSize, events - read), cancellationToken);
            read += batch.Count;
            await writing;
            writing = WriteAsync(connection, consumer, batch, progress, cancellationToken);
        }

        await writing;
        var measured = progress.Stop();
        consumer.Close();
        await ConsumeWork.VerifyAsync(database, events, events, cancellationToken);
        return measured;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static List<ConsumeResult<byte[], byte[]>> Read(
        IConsumer<byte[], byte[]> consumer, ConsumeProgress progress, int atMost, CancellationToken cancellationToken)
    {
        var batch = new List<ConsumeResult<byte[], byte[]>>(atMost) { consumer.Consume(cancellationToken) };
        progress.Started();
        while (batch.Count < atMost && consumer.Consume(TimeSpan.Zero) is { } record)
        {
            batch.Add(record);
        }

        return batch;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        IConsumer<byte[], byte[]> consumer,
        List<ConsumeResult<byte[], byte[]>> batch,
        ConsumeProgress progress,
        CancellationToken cancellationToken)
    {
        // The caller reads on meanwhile.
        await Task.Yield();
        var ids = batch.ConvertAll(record => Guid.Parse(System.Text.Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes("ce_id"))));
        var sales = batch.ConvertAll(record => JsonSerializer.Deserialize(record.Message.Value, SaleJson.Default.SaleRecorded)!);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var write = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(
                    """
                    INSERT INTO messaging.inbox ("group", identity, handled_at)
                    SELECT $1, id, $2 FROM unnest($3) AS id ON CONFLICT DO NOTHING
                    """)
                {
                    Parameters =
                    {
                        new() { Value = Group },
                        new() { Value = TimeProvider.System.GetUtcNow() },
                        new() { Value = ids.ToArray() },
                    },
                },
                new("INSERT INTO sales (id, customer_id, total, recorded_at) SELECT * FROM unnest($1, $2, $3, $4)")
                {
                    Parameters =
                    {
                        new() { Value = sales.ConvertAll(sale => sale.SaleId).ToArray() },
                        new() { Value = sales.ConvertAll(sale => sale.CustomerId).ToArray() },
                        new() { Value = sales.ConvertAll(sale => sale.Total).ToArray() },
                        new() { Value = sales.ConvertAll(sale => sale.RecordedAt).ToArray(),
                            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                    },
                },
            },
        };
        if (await write.ExecuteNonQueryAsync(cancellationToken) != 2 * batch.Count)
        {
            throw new InvalidOperationException("An event came twice; this twin has no answer to that.");
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var record in batch)
        {
            consumer.StoreOffset(record);
        }

        progress.Committed(batch.Count);
    }
}
