using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>Reads and moves the offsets that a group keeps in its own database.</summary>
internal static class OffsetTable
{
    /// <summary>
    /// Moves on past events; false when the group is further than the first of a partition's already, which happens when the partition was
    /// taken from this instance: the row's lock lets only one of the two apply the event. The commit waits for the disk: an instance that
    /// outlives a crash of the server goes on from where it was, and would step over what the crash had lost.
    /// </summary>
    public static async Task<bool> TryAdvanceAsync(
        DbContext database, ConsumerIdentity consumer, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        // In an order that all transactions have, so that two can't wait for one another.
        var partitions = deliveries.GroupBy(d => (d.Topic, d.Partition)).OrderBy(p => p.Key).ToArray();
        await using var open = await OpenConnection.OfAsync(database, cancellationToken);
        await using var advance = new NpgsqlCommand(
            $"""
            INSERT INTO {consumer.Schema}.consumer_offsets ("group", topic, partition, cluster, next_offset)
            SELECT $1, topic, partition, $2, next
            FROM unnest($3, $4, $5) AS last (topic, partition, next)
            ON CONFLICT ("group", topic, partition) DO UPDATE SET cluster = excluded.cluster, next_offset = excluded.next_offset
            WHERE consumer_offsets.cluster <> excluded.cluster OR consumer_offsets.next_offset <= (
                SELECT begin FROM unnest($3, $4, $6) AS first (topic, partition, begin)
                WHERE first.topic = excluded.topic AND first.partition = excluded.partition)
            """,
            open.Npgsql,
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction())
        {
            Parameters =
            {
                new() { Value = consumer.Group },
                new() { Value = consumer.Cluster },
                new() { Value = Array.ConvertAll(partitions, p => p.Key.Topic) },
                new() { Value = Array.ConvertAll(partitions, p => p.Key.Partition) },
                new() { Value = Array.ConvertAll(partitions, p => p.Last().Offset + 1) },
                new() { Value = Array.ConvertAll(partitions, p => p.First().Offset) },
            },
        };
        return await advance.ExecuteNonQueryAsync(cancellationToken) == partitions.Length;
    }

    /// <summary>Where to go on in each partition: at the stored offset, else at the beginning of the log.</summary>
    public static List<TopicPartitionOffset> Positions(
        DbContext database, string group, string cluster, IReadOnlyCollection<TopicPartition> partitions)
    {
        var stored = Stored(database, group, cluster);
        return [.. partitions.Select(p => new TopicPartitionOffset(p, stored.TryGetValue(p, out var next) ? next : Offset.Beginning))];
    }

    private static Dictionary<TopicPartition, long> Stored(DbContext database, string group, string cluster)
    {
        using var open = OpenConnection.Of(database);
        using var command = new NpgsqlCommand(
            """SELECT topic, partition, next_offset FROM messaging.consumer_offsets WHERE "group" = $1 AND cluster = $2""", open.Npgsql)
        {
            Parameters = { new() { Value = group }, new() { Value = cluster } },
        };
        using var reader = command.ExecuteReader();
        var stored = new Dictionary<TopicPartition, long>();
        while (reader.Read())
        {
            stored.Add(new TopicPartition(reader.GetString(0), reader.GetInt32(1)), reader.GetInt64(2));
        }

        return stored;
    }
}
