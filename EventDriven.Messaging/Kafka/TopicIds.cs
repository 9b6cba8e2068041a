using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>
/// Kafka's topic ids (KIP-516). A topic that was deleted and created again has the same name but another id: its log is another one and
/// begins at offset 0.
/// </summary>
internal static class TopicIds
{
    /// <summary>The ids by topic; an empty id if the cluster gives none. A topic that doesn't exist is left out.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        // Only topics that exist, because some brokers create a topic that is asked for by name.
        var partitions = await PartitionBounds.PartitionsAsync(admin, topics, cancellationToken);
        var existing = partitions.Select(partition => partition.Topic).Distinct(StringComparer.Ordinal).ToList();
        if (existing.Count == 0)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var described = await admin.DescribeTopicsAsync(
            TopicCollection.OfTopicNames(existing),
            new DescribeTopicsOptions { RequestTimeout = PartitionBounds.RequestTimeout }).WaitAsync(cancellationToken);
        return described.TopicDescriptions.ToDictionary(topic => topic.Name, topic => Of(topic.TopicId), StringComparer.Ordinal);
    }

    private static string Of(Uuid? id) =>
        id is null || ((long)id.MostSignificantBits == 0 && (long)id.LeastSignificantBits == 0) ? "" : id.ToString();
}
