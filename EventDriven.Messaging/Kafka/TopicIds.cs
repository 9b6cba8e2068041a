using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>Kafka's ids of topics: one that was deleted and made anew has the same name, begins at offset 0, and is another log (KIP-516).</summary>
internal static class TopicIds
{
    /// <summary>The ids by topic; empty where the cluster gives none. A topic that doesn't exist is missing.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        // Only those that exist, because asking by name makes some brokers create them.
        var partitions = await PartitionBounds.PartitionsAsync(admin, topics, cancellationToken);
        var existing = partitions.Select(partition => partition.Topic).Distinct(StringComparer.Ordinal).ToList();
        if (existing.Count == 0)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var described = await admin.DescribeTopicsAsync(
            TopicCollection.OfTopicNames(existing), new DescribeTopicsOptions { RequestTimeout = PartitionBounds.RequestTimeout }).WaitAsync(cancellationToken);
        return described.TopicDescriptions.ToDictionary(topic => topic.Name, topic => Of(topic.TopicId), StringComparer.Ordinal);
    }

    private static string Of(Uuid? id) => id is null || ((long)id.MostSignificantBits == 0 && (long)id.LeastSignificantBits == 0) ? "" : id.ToString();
}
