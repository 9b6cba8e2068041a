using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Topics;

/// <summary>
/// Compares the broker's topics with their declarations, and brings them there. It never shrinks or deletes, so it can run at every
/// start, and at the same time as another run.
/// </summary>
/// <param name="kafka">The cluster.</param>
public sealed class TopicAdmin(KafkaCluster kafka)
{
    private const string RetentionSetting = "retention.ms";
    private const string SegmentSetting = "segment.ms";

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Segment = TimeSpan.FromDays(1);
    private static readonly TimeSpan VisibleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VisibleInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Each declared topic, compared with what the broker has.</summary>
    /// <exception cref="KafkaException">The broker can't be reached within 10 s, or refuses.</exception>
    public async Task<IReadOnlyList<TopicChange>> PlanAsync(IReadOnlyList<DeclaredTopic> declared, CancellationToken cancellationToken)
    {
        var partitions = await PartitionsAsync(cancellationToken);
        var retentions = await RetentionsAsync([.. declared.Select(topic => topic.Name).Where(partitions.ContainsKey)], cancellationToken);
        return [.. declared.Select(topic => new TopicChange(
            topic,
            partitions.TryGetValue(topic.Name, out var count) ? new BrokerTopic(count, retentions.GetValueOrDefault(topic.Name)) : null))];
    }

    /// <summary>Applies changes, and waits until the broker shows them.</summary>
    /// <param name="changes">From <see cref="PlanAsync"/>.</param>
    /// <param name="replicationFactor">Replicas of each new topic; -1 leaves it to the broker.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <exception cref="TopicsNotAppliedException">
    /// The broker refuses to create a topic, or does not show the changes within 30 s.
    /// </exception>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task ApplyAsync(IReadOnlyList<TopicChange> changes, short replicationFactor, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            await ApplyAsync(change, replicationFactor, cancellationToken);
        }

        await WaitUntilVisibleAsync([.. changes.Select(change => change.Topic)], cancellationToken);
    }

    private async Task ApplyAsync(TopicChange change, short replicationFactor, CancellationToken cancellationToken)
    {
        if (change.Create)
        {
            await CreateAsync(change.Topic, replicationFactor, cancellationToken);
        }

        if (change.GrowPartitions)
        {
            await GrowAsync(change.Topic, cancellationToken);
        }

        if (change.LengthenRetention)
        {
            await LengthenAsync(change.Topic, cancellationToken);
        }
    }

    private async Task GrowAsync(DeclaredTopic topic, CancellationToken cancellationToken)
    {
        try
        {
            await kafka.Client.CreatePartitionsAsync(
                [new PartitionsSpecification { Topic = topic.Name, IncreaseTo = topic.Partitions }],
                new CreatePartitionsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
        }
        catch (CreatePartitionsException exception)
        {
            throw Refused(
                exception,
                "to add partitions",
                exception.Results.Find(result => result.Error.IsError)?.Error,
                $"kafka-topics.sh --alter --topic {topic.Name} --partitions {topic.Partitions}");
        }
    }

    private async Task LengthenAsync(DeclaredTopic topic, CancellationToken cancellationToken)
    {
        try
        {
            await kafka.Client.IncrementalAlterConfigsAsync(
                new Dictionary<ConfigResource, List<ConfigEntry>>
                {
                    [new ConfigResource { Type = ResourceType.Topic, Name = topic.Name }] =
                    [
                        new ConfigEntry
                        {
                            Name = RetentionSetting,
                            Value = Milliseconds(topic.Retention),
                            IncrementalOperation = AlterConfigOpType.Set,
                        },
                    ],
                },
                new IncrementalAlterConfigsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
        }
        catch (IncrementalAlterConfigsException exception)
        {
            throw Refused(
                exception,
                "to keep events for longer",
                exception.Results.Find(result => result.Error.IsError)?.Error,
                $"kafka-configs.sh --alter --topic {topic.Name} --add-config {RetentionSetting}={Milliseconds(topic.Retention)}");
        }
    }

    private static TopicsNotAppliedException Refused(KafkaException exception, string what, Error? error, string command) => new(
        $"The broker refuses {what} ({(error ?? exception.Error).Reason}). Where this user has no right to, an administrator or the "
        + $"console of a managed service can: {command}",
        exception);

    private async Task CreateAsync(DeclaredTopic topic, short replicationFactor, CancellationToken cancellationToken)
    {
        try
        {
            await kafka.Client.CreateTopicsAsync(
                [
                    new TopicSpecification
                    {
                        Name = topic.Name,
                        NumPartitions = topic.Partitions,
                        ReplicationFactor = replicationFactor,
                        Configs = new()
                        {
                            [RetentionSetting] = Milliseconds(topic.Retention),

                            // A broker deletes whole segments. With longer ones an event could be read for twice its retention, when the
                            // consumers' inboxes no longer remember it.
                            [SegmentSetting] = Milliseconds(Segment),
                        },
                    },
                ],
                new CreateTopicsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
        }
        catch (CreateTopicsException exception) when (exception.Results.TrueForAll(result =>
            result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another run has created it.
        }
        catch (CreateTopicsException exception)
        {
            throw Refused(
                exception,
                $"to create {topic.Name}",
                exception.Results.Find(result => result.Error.IsError)?.Error,
                $"kafka-topics.sh --create --topic {topic.Name} --partitions {topic.Partitions} "
                + $"--config {RetentionSetting}={Milliseconds(topic.Retention)} --config {SegmentSetting}={Milliseconds(Segment)}");
        }
    }

    /// <summary>
    /// Waits until every partition has a leader, for services that start after this. The next run must see these changes, too: it might
    /// otherwise take the old settings for the present ones.
    /// </summary>
    private async Task WaitUntilVisibleAsync(IReadOnlyList<DeclaredTopic> declared, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(VisibleTimeout);
        try
        {
            while (true)
            {
                if ((await PlanAsync(declared, timeout.Token)).All(change => !change.IsNeeded))
                {
                    return;
                }

                await Task.Delay(VisibleInterval, TimeProvider.System, timeout.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TopicsNotAppliedException(
                $"The topics were applied, but the broker does not show all changes after {VisibleTimeout.TotalSeconds} s. "
                + "Check with topics list, then apply again.",
                exception);
        }
    }

    /// <summary>
    /// Number of partitions of every topic that have a leader. Asks for all topics, because asking by name makes some brokers create them.
    /// </summary>
    private Task<Dictionary<string, int>> PartitionsAsync(CancellationToken cancellationToken) => Task.Run(
        () => kafka.Client.GetMetadata(RequestTimeout).Topics
            .Where(topic => topic.Error.Code == ErrorCode.NoError)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count(partition => partition.Leader >= 0)),
        cancellationToken);

    private async Task<Dictionary<string, TimeSpan?>> RetentionsAsync(List<string> topics, CancellationToken cancellationToken)
    {
        if (topics.Count == 0)
        {
            return [];
        }

        try
        {
            var described = await kafka.Client.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }),
                new DescribeConfigsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
            return described.ToDictionary(result => result.ConfigResource.Name, result => Retention(result.Entries));
        }
        catch (DescribeConfigsException exception)
        {
            // Of the others, this user may not read the settings.
            return exception.Results.Where(result => !result.Error.IsError)
                .ToDictionary(result => result.ConfigResource.Name, result => Retention(result.Entries));
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            // The cluster built into librdkafka has no settings.
            return [];
        }
    }

    private static TimeSpan? Retention(Dictionary<string, ConfigEntryResult> settings) =>
        settings.TryGetValue(RetentionSetting, out var setting)
            && long.TryParse(setting.Value, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds)
            : null;

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
