using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>
/// Reads and deletes rows of the outbox over the connection that owns their buckets: an owner that lost its connection can do neither.
/// </summary>
internal sealed class OutboxTable(NpgsqlConnection session, string source) : IOutboxTable
{
    /// <summary>Buckets of an outbox: as many relays can share one, at most. Its trigger knows the number, too.</summary>
    internal const int Buckets = 64;

    /// <summary>Keeps a batch of large events from filling the memory; one event is always read.</summary>
    internal const int MaxBatchBytes = 8 * 1024 * 1024;

    private const string Columns =
        "sequence, bucket, topic, event_id, type, key, time, correlation_id, causation_id, trace_parent, trace_state, data";

    /// <summary>
    /// Sets the session up. A deletion needn't be on disk when the next batch is sent: a server that crashes and forgets it keeps the row,
    /// which is sent again, as after any crash. A plan is made for each list of sequences, because a list that the plan knows is looked up
    /// by hash. And statistics of a table whose rows live for milliseconds must not lead to a scan of the dead ones.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var set = new NpgsqlCommand(
            "SET synchronous_commit = off; SET plan_cache_mode = force_custom_plan; SET enable_seqscan = off", session);
        await set.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<OutboxRecord>> ReadAsync(
        IReadOnlyCollection<OutboxRow> delete,
        IReadOnlyList<int> buckets,
        long[] without,
        IReadOnlyCollection<string> withoutKeys,
        int atMost,
        CancellationToken cancellationToken)
    {
        var select = new NpgsqlBatchCommand(
            $"""
            SELECT {Columns} FROM messaging.outbox
            WHERE bucket = ANY($1) AND sequence <> ALL($2) {(withoutKeys.Count > 0 ? "AND key <> ALL($4)" : "")}
            ORDER BY sequence LIMIT $3
            """)
        {
            Parameters = { BucketsOf(buckets), new() { Value = without }, new() { Value = atMost } },
        };
        if (withoutKeys.Count > 0)
        {
            select.Parameters.Add(new() { Value = withoutKeys.ToArray() });
        }

        return ReadAsync(delete, select, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<List<OutboxRecord>> ReadFirstAsync(
        IReadOnlyList<int> buckets, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => ReadAsync(
        [],
        new($"SELECT DISTINCT ON (key) {Columns} FROM messaging.outbox WHERE bucket = ANY($1) AND key = ANY($2) ORDER BY key, sequence")
        {
            Parameters = { BucketsOf(buckets), new() { Value = keys.ToArray() } },
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken)
    {
        await using var delete = new NpgsqlBatch(session) { BatchCommands = { Delete(rows) } };
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task NotifyOthersAsync(CancellationToken cancellationToken)
    {
        await using var notify = new NpgsqlCommand($"NOTIFY {OutboxChannel.Name}", session);
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Delete(IReadOnlyCollection<OutboxRow> rows) =>
        new("DELETE FROM messaging.outbox WHERE sequence = ANY($1)")
        {
            Parameters =
            {
                new() { Value = rows.Select(row => row.Sequence).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
            },
        };

    private static NpgsqlParameter BucketsOf(IReadOnlyList<int> buckets) => new() { Value = buckets.Select(b => (short)b).ToArray() };

    private async Task<List<OutboxRecord>> ReadAsync(
        IReadOnlyCollection<OutboxRow> delete, NpgsqlBatchCommand select, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(session);
        if (delete.Count > 0)
        {
            batch.BatchCommands.Add(Delete(delete));
        }

        batch.BatchCommands.Add(select);
        var records = new List<OutboxRecord>();
        var bytes = 0;
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (bytes < MaxBatchBytes && await reader.ReadAsync(cancellationToken))
        {
            var record = Read(reader);
            bytes += record.Data.Length;
            records.Add(record);
        }

        return records;
    }

    private OutboxRecord Read(NpgsqlDataReader reader)
    {
        var (sequence, bucket, topic) = (reader.GetInt64(0), reader.GetInt16(1), reader.GetString(2));
        var envelope = new EventEnvelope
        {
            Id = reader.GetGuid(3).ToString(),
            Source = source,
            Type = reader.GetString(4),
            Subject = reader.GetString(5),
            Time = reader.GetFieldValue<DateTimeOffset>(6),
            CorrelationId = reader.GetString(7),
            CausationId = reader.GetString(8),
            TraceParent = reader.IsDBNull(9) ? null : reader.GetString(9),
            TraceState = reader.IsDBNull(10) ? null : reader.GetString(10),
        };
        var data = reader.GetFieldValue<byte[]>(11);
        return new OutboxRecord(new OutboxRow(sequence, bucket, topic, envelope.Subject, data.Length), envelope, data);
    }
}
