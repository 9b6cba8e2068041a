using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Contracts;

namespace EventDriven.Cli.Topics;

/// <summary>Reads what the broker has of the declared topics.</summary>
internal static class BrokerTopics
{
    public const string RetentionSetting = "retention.ms";
    public const string SegmentSetting = "segment.ms";

    /// <summary>For each request; a broker that doesn't answer within it counts as unreachable.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The topics that exist, by name.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, BrokerTopic>> ReadAsync(
        IAdminClient admin, IReadOnlyList<TopicDefinition> declared, CancellationToken cancellationToken)
    {
        var partitions = await PartitionsAsync(admin, cancellationToken);
        var existing = declared.Where(topic => partitions.ContainsKey(topic.Name)).Select(topic => topic.Name).ToList();
        var retentions = await RetentionsAsync(admin, existing, cancellationToken);
        return existing.ToDictionary(name => name, name => new BrokerTopic(partitions[name], retentions.GetValueOrDefault(name)));
    }

    /// <summary>All topics' numbers of partitions that have a leader. Asks for all, because asking by name makes some brokers create the topic.</summary>
    public static Task<Dictionary<string, int>> PartitionsAsync(IAdminClient admin, CancellationToken cancellationToken) => Task.Run(
        () => admin.GetMetadata(RequestTimeout).Topics
            .Where(topic => topic.Error.Code == ErrorCode.NoError)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count(partition => partition.Leader >= 0)),
        cancellationToken);

    private static async Task<Dictionary<string, TimeSpan?>> RetentionsAsync(
        IAdminClient admin, List<string> topics, CancellationToken cancellationToken)
    {
        if (topics.Count == 0)
        {
            return [];
        }

        try
        {
            var described = await admin.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }),
                new DescribeConfigsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
            return described.ToDictionary(result => result.ConfigResource.Name, result => Retention(result.Entries));
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            // The cluster built into librdkafka keeps no settings.
            return [];
        }
    }

    private static TimeSpan? Retention(Dictionary<string, ConfigEntryResult> settings) =>
        settings.TryGetValue(RetentionSetting, out var setting) && long.TryParse(setting.Value, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
