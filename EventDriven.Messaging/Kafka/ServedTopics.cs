using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>Reads topics from the broker.</summary>
internal static class ServedTopics
{
    // A broker that doesn't answer must not delay a stop for long.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The topics that exist, by name.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, ServedTopic>> ReadAsync(
        IAdminClient admin, IReadOnlySet<string> names, CancellationToken cancellationToken)
    {
        // All topics, because asking by name makes some brokers create them.
        var metadata = await Task.Run(() => admin.GetMetadata(RequestTimeout), cancellationToken);
        var existing = metadata.Topics
            .Where(topic => names.Contains(topic.Topic) && topic.Error.Code != ErrorCode.UnknownTopicOrPart)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count, StringComparer.Ordinal);
        if (existing.Count == 0)
        {
            return new Dictionary<string, ServedTopic>();
        }

        var lives = await LongestLivesAsync(admin, existing.Keys, cancellationToken);
        var allowed = await AllowedAsync(admin, existing.Keys, cancellationToken);
        return existing.ToDictionary(
            topic => topic.Key,
            topic => new ServedTopic(topic.Value, lives.GetValueOrDefault(topic.Key)) { Allowed = allowed.GetValueOrDefault(topic.Key) },
            StringComparer.Ordinal);
    }

    /// <summary>What the client may do with topics (KIP-430); those of which the broker says nothing are left out.</summary>
    private static async Task<Dictionary<string, IReadOnlySet<AclOperation>>> AllowedAsync(
        IAdminClient admin, IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        try
        {
            var described = await admin.DescribeTopicsAsync(
                TopicCollection.OfTopicNames(topics),
                new DescribeTopicsOptions { RequestTimeout = RequestTimeout, IncludeAuthorizedOperations = true })
                .WaitAsync(cancellationToken);
            return described.TopicDescriptions.Where(topic => topic.AuthorizedOperations is { Count: > 0 }).ToDictionary(
                topic => topic.Name,
                IReadOnlySet<AclOperation> (topic) => topic.AuthorizedOperations.ToHashSet(),
                StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is DescribeTopicsException
            or KafkaException { Error.Code: ErrorCode.Local_UnsupportedFeature })
        {
            return [];
        }
    }

    private static async Task<Dictionary<string, TimeSpan?>> LongestLivesAsync(
        IAdminClient admin, IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        try
        {
            var described = await admin.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }),
                new DescribeConfigsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
            return described.ToDictionary(topic => topic.ConfigResource.Name, topic => LongestLife(topic.Entries), StringComparer.Ordinal);
        }
        catch (DescribeConfigsException exception)
        {
            // The service may not read the settings of all of them, such as those that it only writes to.
            return exception.Results.Where(topic => !topic.Error.IsError)
                .ToDictionary(topic => topic.ConfigResource.Name, topic => LongestLife(topic.Entries), StringComparer.Ordinal);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            // The cluster is the emulator, which has none.
            return [];
        }
    }

    private static TimeSpan? LongestLife(Dictionary<string, ConfigEntryResult> settings) =>
        settings.TryGetValue("cleanup.policy", out var policy) && policy.Value.Contains("delete", StringComparison.Ordinal)
        && Milliseconds(settings, "retention.ms") is { } retention
            ? TimeSpan.FromMilliseconds(retention + (Milliseconds(settings, "segment.ms") ?? 0))
            : null;

    // A negative value means forever.
    private static double? Milliseconds(Dictionary<string, ConfigEntryResult> settings, string name) =>
        settings.TryGetValue(name, out var setting) && double.TryParse(setting.Value, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds >= 0 && milliseconds < TimeSpan.MaxValue.TotalMilliseconds / 4
            ? milliseconds
            : null;
}
