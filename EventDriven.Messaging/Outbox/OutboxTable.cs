using EventDriven.Messaging.Events;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Outbox;

/// <summary>Reads and deletes rows of the outbox over the connection that owns their buckets: an owner that lost its connection can do neither.</summary>
internal sealed class OutboxTable(NpgsqlConnection session, string source)
{
    private const string Columns =
        "sequence, topic, event_id, type, key, time, correlation_id, causation_id, trace_parent, trace_state, data";

    // Keeps a batch of large events from filling the memory; one event is always read.
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    /// <summary>The oldest rows of the buckets, in the order of their sequence, without those of some keys.</summary>
    public Task<List<OutboxRow>> ReadAsync(
        IReadOnlyList<int> buckets, IReadOnlyCollection<string> without, int atMost, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {Columns} FROM outbox WHERE bucket = ANY($1) AND key <> ALL($2) ORDER BY sequence LIMIT $3",
        [Buckets(buckets), new() { Value = without.ToArray() }, new() { Value = atMost }],
        cancellationToken);

    /// <summary>The oldest row of each of some keys, as far as they are in the buckets.</summary>
    public Task<List<OutboxRow>> ReadFirstAsync(
        IReadOnlyList<int> buckets, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT DISTINCT ON (key) {Columns} FROM outbox WHERE bucket = ANY($1) AND key = ANY($2) ORDER BY key, sequence",
        [Buckets(buckets), new() { Value = keys.ToArray() }],
        cancellationToken);

    public async Task DeleteAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        await using var delete = new NpgsqlCommand("DELETE FROM outbox WHERE sequence = ANY($1)", session)
        {
            Parameters = { new() { Value = sequences.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } },
        };
        await delete.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells the relays of other processes that they may have work.</summary>
    public async Task NotifyOthersAsync(CancellationToken cancellationToken)
    {
        await using var notify = new NpgsqlCommand($"NOTIFY {OutboxChannel.Name}", session);
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Buckets(IReadOnlyList<int> buckets) => new() { Value = buckets.Select(b => (short)b).ToArray() };

    private async Task<List<OutboxRow>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(sql, session);
        select.Parameters.AddRange(parameters);
        var rows = new List<OutboxRow>();
        var bytes = 0;
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        while (bytes < MaxBatchBytes && await reader.ReadAsync(cancellationToken))
        {
            var row = Read(reader);
            bytes += row.Data.Length;
            rows.Add(row);
        }

        return rows;
    }

    private OutboxRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        new EventEnvelope
        {
            Id = reader.GetGuid(2),
            Source = source,
            Type = reader.GetString(3),
            Subject = reader.GetString(4),
            Time = reader.GetFieldValue<DateTimeOffset>(5),
            CorrelationId = reader.GetString(6),
            CausationId = reader.GetString(7),
            TraceParent = reader.IsDBNull(8) ? null : reader.GetString(8),
            TraceState = reader.IsDBNull(9) ? null : reader.GetString(9),
        },
        reader.GetFieldValue<byte[]>(10));
}
