using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Contracts;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Topics;

/// <summary>Brings the broker's topics to their declarations. It never shrinks or deletes, so it can run at every start, and at the same time as another run.</summary>
internal sealed class ApplyTopics(IAdminClient admin, short replicationFactor)
{
    private static readonly TimeSpan Segment = TimeSpan.FromDays(1);
    private static readonly TimeSpan VisibleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VisibleInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>What there is to do, topic by topic.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task<IReadOnlyList<TopicChange>> PlanAsync(IReadOnlyList<TopicDefinition> declared, CancellationToken cancellationToken) =>
        TopicChange.Between(declared, await BrokerTopics.ReadAsync(admin, declared, cancellationToken));

    /// <summary>Does it.</summary>
    /// <exception cref="CommandFailedException">The topics don't show up in time.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task RunAsync(IReadOnlyList<TopicChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            await ApplyAsync(change, cancellationToken);
        }

        await WaitUntilVisibleAsync([.. changes.Select(change => change.Topic)], cancellationToken);
    }

    private async Task ApplyAsync(TopicChange change, CancellationToken cancellationToken)
    {
        if (change.Create)
        {
            await CreateAsync(change.Topic, cancellationToken);
        }

        if (change.GrowPartitions)
        {
            await admin.CreatePartitionsAsync(
                [new PartitionsSpecification { Topic = change.Topic.Name, IncreaseTo = change.Topic.Partitions }],
                new CreatePartitionsOptions { RequestTimeout = BrokerTopics.RequestTimeout }).WaitAsync(cancellationToken);
        }

        if (change.LengthenRetention)
        {
            await admin.IncrementalAlterConfigsAsync(
                new Dictionary<ConfigResource, List<ConfigEntry>>
                {
                    [new ConfigResource { Type = ResourceType.Topic, Name = change.Topic.Name }] =
                    [
                        new ConfigEntry
                        {
                            Name = BrokerTopics.RetentionSetting,
                            Value = Milliseconds(change.Topic.Retention),
                            IncrementalOperation = AlterConfigOpType.Set,
                        },
                    ],
                },
                new IncrementalAlterConfigsOptions { RequestTimeout = BrokerTopics.RequestTimeout }).WaitAsync(cancellationToken);
        }
    }

    private async Task CreateAsync(TopicDefinition topic, CancellationToken cancellationToken)
    {
        try
        {
            await admin.CreateTopicsAsync(
                [
                    new TopicSpecification
                    {
                        Name = topic.Name,
                        NumPartitions = topic.Partitions,
                        ReplicationFactor = replicationFactor,
                        Configs = new()
                        {
                            [BrokerTopics.RetentionSetting] = Milliseconds(topic.Retention),

                            // A broker deletes whole segments: without this one an event could be read for twice its retention, and the
                            // consumers' inboxes would have forgotten it.
                            [BrokerTopics.SegmentSetting] = Milliseconds(Segment),
                        },
                    },
                ],
                new CreateTopicsOptions { RequestTimeout = BrokerTopics.RequestTimeout }).WaitAsync(cancellationToken);
        }
        catch (CreateTopicsException exception) when (exception.Results.TrueForAll(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another run was faster.
        }
        catch (CreateTopicsException exception)
        {
            // The exception's own message names no topic.
            var reasons = exception.Results.Where(result => result.Error.IsError).Select(result => $"{result.Topic}: {result.Error.Reason}");
            throw new CommandFailedException($"Can't create {string.Join("; ", reasons)}. Repair that (this user's rights, the cluster's limits, --replication-factor), and apply again.", ExitCode.Refused, exception);
        }
    }

    /// <summary>
    /// Who starts after this must find every partition with a leader; and the next run must see what this one changed, or it might take the
    /// old settings for the broker's and shrink them.
    /// </summary>
    private async Task WaitUntilVisibleAsync(IReadOnlyList<TopicDefinition> declared, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(VisibleTimeout);
        try
        {
            while (true)
            {
                if ((await PlanAsync(declared, bound.Token)).All(change => !change.IsNeeded))
                {
                    return;
                }

                await Task.Delay(VisibleInterval, TimeProvider.System, bound.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"The topics were applied, but the broker doesn't show all of it after {VisibleTimeout.TotalSeconds} s. Look with topics list, and apply again.",
                ExitCode.Refused,
                exception);
        }
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
