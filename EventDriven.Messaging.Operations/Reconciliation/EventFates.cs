using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>Looks up records in a group's inbox and dead letters.</summary>
internal static class EventFates
{
    /// <summary>What became of each record.</summary>
    /// <param name="database">The group's database.</param>
    /// <param name="group">The group.</param>
    /// <param name="positions">Its positions, read before the records.</param>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<EventFate[]> FindAsync(
        NpgsqlConnection database,
        RegisteredGroup group,
        IReadOnlyDictionary<TopicPartition, long> positions,
        LogRecord[] records,
        CancellationToken cancellationToken)
    {
        var fates = Array.ConvertAll(records, _ => EventFate.Handled);

        // One statement, one snapshot: a redrive moves an event from the dead letters to the inbox, and it must be found in one of them.
        // The result leaves out records that are simply handled.
        await using var command = new NpgsqlCommand(
            """
            SELECT r.number, i.identity IS NOT NULL, coalesce(i.content <> r.content AND i.major = r.major, false), d.state
            FROM unnest($3, $4, $5, $6, $7, $8) WITH ORDINALITY AS r (identity, content, major, topic, partition, "offset", number)
            LEFT JOIN messaging.inbox i ON i."group" = $1 AND i.identity = r.identity
            LEFT JOIN messaging.dead_letters d
                ON d."group" = $1 AND d.cluster = $2 AND d.topic = r.topic AND d.partition = r.partition AND d."offset" = r."offset"
            WHERE i.identity IS NULL OR (i.content <> r.content AND i.major = r.major) OR d.state = 'discarded'
            """,
            database)
        {
            Parameters =
            {
                new() { Value = group.Name },
                new() { Value = group.Cluster },
                new() { Value = Array.ConvertAll(records, r => r.Mark?.Identity) },
                new() { Value = Array.ConvertAll(records, r => r.Mark?.Content) },
                new() { Value = Array.ConvertAll(records, r => r.Mark?.Major) },
                new() { Value = Array.ConvertAll(records, r => r.Topic) },
                new() { Value = Array.ConvertAll(records, r => r.Partition) },
                new() { Value = Array.ConvertAll(records, r => r.Offset) },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var index = (int)reader.GetInt64(0) - 1;
            DeadLetterState? state = await reader.IsDBNullAsync(3, cancellationToken) ? null : StoredNames.State(reader.GetString(3));
            fates[index] = Of(records[index], reader.GetBoolean(1), reader.GetBoolean(2), state, positions);
        }

        return fates;
    }

    private static EventFate Of(
        LogRecord record, bool isInInbox, bool isAltered, DeadLetterState? state, IReadOnlyDictionary<TopicPartition, long> positions) =>
        state switch
        {
            DeadLetterState.Discarded => EventFate.Discarded,
            _ when isAltered => EventFate.Altered,
            _ when isInInbox => EventFate.Handled,
            DeadLetterState.Parked or DeadLetterState.Redriving => EventFate.Parked,

            // A record without an id leaves only this row. One with an id would be in the inbox.
            DeadLetterState.Redriven when record.Mark is null => EventFate.Handled,
            _ => positions.TryGetValue(record.TopicPartition, out var next) && record.Offset < next
                ? EventFate.Missing
                : EventFate.InFlight,
        };
}
