using Confluent.Kafka;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Consumer;

/// <summary>Reads and moves the offsets that a group keeps in its own database.</summary>
internal static class ConsumerOffsets
{
    /// <summary>
    /// Moves on past events; false when the group is further than the first of a partition's already, which happens when the partition was taken
    /// from this instance: the row's lock lets only one of the two apply the event.
    /// </summary>
    public static async Task<bool> TryAdvanceAsync(
        DbContext database, string cluster, IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (var partition in deliveries.GroupBy(d => (d.Topic, d.Partition)).OrderBy(p => p.Key))
        {
            if (!await TryAdvanceAsync(database, cluster, partition.First(), partition.Last().Offset + 1, cancellationToken))
            {
                return false;
            }
        }

        return true;
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

    private static async Task<bool> TryAdvanceAsync(
        DbContext database, string cluster, Delivery first, long next, CancellationToken cancellationToken) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO consumer_offsets ("group", topic, partition, cluster, next_offset)
            VALUES ({first.Group}, {first.Topic}, {first.Partition}, {cluster}, {next})
            ON CONFLICT ("group", topic, partition) DO UPDATE SET cluster = excluded.cluster, next_offset = excluded.next_offset
            WHERE consumer_offsets.cluster <> excluded.cluster OR consumer_offsets.next_offset <= {first.Offset}
            """,
            cancellationToken) == 1;
}
