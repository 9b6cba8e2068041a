using Confluent.Kafka;
using EventDriven.Chaos.Evidence.Tables;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>Reads what messaging itself keeps in the services' databases, and Kafka's offsets.</summary>
internal static class GroupReader
{
    /// <summary>The groups that a database knows.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<GroupEvidence>> ReadAsync(
        KafkaCluster kafka, OpenDatabase database, CancellationToken cancellationToken)
    {
        var groups = new List<GroupEvidence>();
        foreach (var group in await new GroupAdmin(database.Connection).ListAsync(cancellationToken))
        {
            groups.Add(await ReadAsync(kafka, database.Connection, group, cancellationToken));
        }

        return groups;
    }

    /// <summary>The events that a service has committed and not sent.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static Task<IReadOnlyList<WaitingEvent>> ReadOutboxAsync(OpenDatabase database, CancellationToken cancellationToken) =>
        database.Connection.ReadAsync(
            "SELECT sequence, event_id, key, type FROM messaging.outbox ORDER BY sequence",
            row => new WaitingEvent(database.Name, row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetString(3)),
            cancellationToken);

    private static async Task<GroupEvidence> ReadAsync(
        KafkaCluster kafka, NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        var topics = group.Topics.Except(group.HearsayTopics, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var partitions = await PartitionBounds.PartitionsAsync(kafka.Client, topics, cancellationToken);
        var offsets = await GroupPositions.ReadAsync(kafka.Admin, database, group, partitions, cancellationToken);
        var inbox = await database.ReadAsync(
            $"""SELECT identity, handled_at, xmin::text::bigint FROM messaging.inbox WHERE "group" = '{group.Name}'""",
            row => new InboxRow(row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2)),
            cancellationToken);
        var deadLetters = await database.ReadAsync(
            $"""
            SELECT topic, partition, "offset", key, reason, state, error_message FROM messaging.dead_letters
            WHERE "group" = '{group.Name}' ORDER BY topic, partition, "offset"
            """,
            row => new StoredDeadLetter(
                row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.TextOrNull(3), row.GetString(4), row.GetString(5),
                row.TextOrNull(6)),
            cancellationToken);
        return new GroupEvidence(
            group.Name,
            topics,
            group.HearsayTopics,
            group.EventTypes,
            inbox.ToDictionary(row => row.Identity),
            [.. deadLetters.Where(letter => topics.Contains(letter.Topic))],
            offsets.Where(offset => topics.Contains(offset.Key.Topic))
                .ToDictionary(offset => (offset.Key.Topic, offset.Key.Partition.Value), offset => offset.Value));
    }
}
