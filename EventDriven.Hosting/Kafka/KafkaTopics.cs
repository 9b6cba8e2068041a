using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Hosting.Kafka;

/// <summary>Creates the topics that an application needs.</summary>
internal static class KafkaTopics
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether the broker has all of them; creates those that it lacks.</summary>
    public static async Task<bool> ExistAsync(
        string connectionString, IReadOnlyList<KafkaTopic> topics, CancellationToken cancellationToken)
    {
        using var admin = KafkaClient.Admin(connectionString);
        try
        {
            var known = await Task.Run(() => admin.GetMetadata(Timeout), cancellationToken);
            var missing = topics.Where(topic => !known.Topics.Exists(other => other.Topic == topic.Name)).ToList();
            if (missing.Count > 0)
            {
                await admin.CreateTopicsAsync(
                    missing.Select(topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions }),
                    new CreateTopicsOptions { RequestTimeout = Timeout }).WaitAsync(cancellationToken);
            }

            return missing.Count == 0;
        }
        catch (KafkaException)
        {
            // It isn't up yet, or another has created them meanwhile: the next check sees.
            return false;
        }
    }
}
