using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>Reads and moves the offsets that a group keeps in its own database.</summary>
internal static class OffsetTable
{
    /// <summary>
    /// Moves on past events; false when the group is further than the first of a partition's already, which happens when the partition was taken
    /// from this instance: the row's lock lets only one of the two apply the event. The commit doesn't wait for the disk: should the server crash and lose
    /// it, it has lost offsets and effects together, and they are read from the log again.
    /// </summary>
    public static async Task<bool> TryAdvanceAsync(
        DbContext database, string cluster, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        // In an order that all transactions have, so that two can't wait for one another.
        var partitions = deliveries.GroupBy(d => (d.Topic, d.Partition)).OrderBy(p => p.Key).ToArray();
        var topics = Array.ConvertAll(partitions, p => p.Key.Topic);
        var numbers = Array.ConvertAll(partitions, p => p.Key.Partition);
        return await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO consumer_offsets ("group", topic, partition, cluster, next_offset)
            SELECT {deliveries[0].Group}, topic, partition, {cluster}, next
            FROM unnest({topics}, {numbers}, {Array.ConvertAll(partitions, p => p.Last().Offset + 1)}) AS last (topic, partition, next),
                set_config('synchronous_commit', 'off', true)
            ON CONFLICT ("group", topic, partition) DO UPDATE SET cluster = excluded.cluster, next_offset = excluded.next_offset
            WHERE consumer_offsets.cluster <> excluded.cluster OR consumer_offsets.next_offset <= (
                SELECT begin FROM unnest({topics}, {numbers}, {Array.ConvertAll(partitions, p => p.First().Offset)}) AS first (topic, partition, begin)
                WHERE first.topic = excluded.topic AND first.partition = excluded.partition)
            """,
            cancellationToken) == partitions.Length;
    }

    /// <summary>Where to go on in each partition: at the stored offset, else at the beginning of the log.</summary>
    public static List<TopicPartitionOffset> Positions(DbContext database, string group, string cluster, IReadOnlyCollection<TopicPartition> partitions)
    {
        var stored = database.Set<ConsumerOffset>().AsNoTracking()
            .Where(o => o.Group == group && o.Cluster == cluster)
            .ToDictionary(o => (o.Topic, o.Partition), o => o.NextOffset);
        return [.. partitions.Select(p => new TopicPartitionOffset(
            p, stored.TryGetValue((p.Topic, p.Partition.Value), out var next) ? next : Offset.Beginning))];
    }
}
