using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>A topic's log as it is on the cluster now.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Id">Kafka's id of the topic; empty if the cluster gives none.</param>
/// <param name="Begins">Offset of the oldest record in each partition, by partition number.</param>
internal sealed record TopicLog(string Topic, string Id, IReadOnlyList<long> Begins)
{
    /// <summary>Reads these topics; one that doesn't exist is left out.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<TopicLog>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        var ids = await TopicIds.ReadAsync(admin, topics, cancellationToken);
        var partitions = await PartitionBounds.PartitionsAsync(admin, [.. ids.Keys], cancellationToken);
        return partitions.Count == 0 ? []
            : Of(ids, await PartitionBounds.OffsetsAsync(admin, partitions, OffsetSpec.Earliest(), cancellationToken));
    }

    /// <summary>Combines topic ids with the first offsets of partitions.</summary>
    public static IReadOnlyList<TopicLog> Of(IReadOnlyDictionary<string, string> ids, IReadOnlyDictionary<TopicPartition, long> begins) =>
    [
        .. ids.Select(topic => new TopicLog(
            topic.Key,
            topic.Value,
            [.. begins.Where(begin => begin.Key.Topic == topic.Key).OrderBy(begin => begin.Key.Partition.Value)
                .Select(begin => begin.Value)])),
    ];
}
