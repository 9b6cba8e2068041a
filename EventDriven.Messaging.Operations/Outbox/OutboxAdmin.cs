using Npgsql;

namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>Measures and lists the outbox in one service's database.</summary>
/// <param name="database">An open connection to the database.</param>
/// <remarks>All methods throw <see cref="NpgsqlException"/> when the database does not answer or refuses.</remarks>
public sealed class OutboxAdmin(NpgsqlConnection database)
{
    /// <summary>Whether the database has an outbox. The database of a service that publishes nothing has none.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.outbox') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many events wait, and how old the oldest one is.</summary>
    public async Task<OutboxBacklog> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT count(*), min(time) FROM messaging.outbox", database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OutboxBacklog(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellationToken)
                ? null
                : await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken));
    }

    /// <summary>Events that wait, in the order of sending.</summary>
    /// <param name="limit">Their maximum number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<WaitingOutboxMessage>> ListAsync(int limit, CancellationToken cancellationToken) =>
        ListAsync(
            new NpgsqlCommand(
                "SELECT sequence, bucket, topic, key, type, event_id, time FROM messaging.outbox ORDER BY sequence LIMIT $1", database)
            {
                Parameters = { new() { Value = limit } },
            },
            cancellationToken);

    /// <summary>Events of a key that wait, in the order of sending.</summary>
    /// <param name="key">The Kafka key.</param>
    /// <param name="limit">Their maximum number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<WaitingOutboxMessage>> ListAsync(string key, int limit, CancellationToken cancellationToken) =>
        ListAsync(
            new NpgsqlCommand(
                """
                SELECT sequence, bucket, topic, key, type, event_id, time FROM messaging.outbox WHERE key = $1 ORDER BY sequence LIMIT $2
                """,
                database)
            {
                Parameters = { new() { Value = key }, new() { Value = limit } },
            },
            cancellationToken);

    private static async Task<IReadOnlyList<WaitingOutboxMessage>> ListAsync(NpgsqlCommand query, CancellationToken cancellationToken)
    {
        await using var command = query;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<WaitingOutboxMessage>();
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(new WaitingOutboxMessage(
                reader.GetInt64(0),
                reader.GetInt16(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetGuid(5),
                await reader.GetFieldValueAsync<DateTimeOffset>(6, cancellationToken)));
        }

        return messages;
    }
}
