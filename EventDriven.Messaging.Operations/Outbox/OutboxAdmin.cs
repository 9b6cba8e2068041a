using Npgsql;

namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>What an operator sees of the outbox in one service's database.</summary>
public sealed class OutboxAdmin(NpgsqlConnection database)
{
    /// <summary>Whether the database has an outbox at all: one of a service that announces nothing does not.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.outbox') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many events wait, and since when the oldest does; null when none waits.</summary>
    public async Task<(long Pending, DateTimeOffset? OldestAt)> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT count(*), min(time) FROM messaging.outbox", database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), await reader.IsDBNullAsync(1, cancellationToken) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken));
    }

    /// <summary>Events that wait, in the order of sending.</summary>
    /// <param name="atMost">Number of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<OutboxEntry>> ListAsync(int atMost, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT sequence, bucket, topic, key, type, event_id, time FROM messaging.outbox ORDER BY sequence LIMIT $1", database)
        {
            Parameters = { new() { Value = atMost } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<OutboxEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new OutboxEntry(
                reader.GetInt64(0),
                reader.GetInt16(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetGuid(5),
                await reader.GetFieldValueAsync<DateTimeOffset>(6, cancellationToken)));
        }

        return entries;
    }
}
