using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Checks that the service's topics are as it needs them, once the broker answers: a broker that is away must not keep a service from
/// starting, because requests go on and events wait in the outbox. A missing topic doesn't stop it either; it is told, and the
/// service is degraded until the topic is there. The same holds for a right on a topic, and for one that is taken away later.
/// </summary>
internal sealed partial class TopicsCheck(
    KafkaSettings kafka,
    IEnumerable<ConsumerGroup> groups,
    TopicFaults faults,
    BrokerRefusals refusals,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<TopicsCheck> logger,
    PublishedEvents? published = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var warning in kafka.Warnings)
        {
            Log.Unsafe(logger, warning);
        }

        while (true)
        {
            await MendAsync(stoppingToken);
            do
            {
                await Task.Delay(options.Value.Lag.PollInterval, time, stoppingToken);
            }
            while (refusals.All.Count == 0);
        }
    }

    /// <summary>Returns when the topics are as the service needs them. Keeps a client only for as long.</summary>
    private async Task MendAsync(CancellationToken cancellationToken)
    {
        using var admin = KafkaAdmin.Open(kafka);
        while (!await AreAllWellAsync(admin, cancellationToken))
        {
            await Task.Delay(options.Value.Lag.PollInterval, time, cancellationToken);
        }
    }

    private async Task<bool> AreAllWellAsync(KafkaAdmin admin, CancellationToken cancellationToken)
    {
        try
        {
            var needed = Needed().ToList();
            var served = await ServedTopics.ReadAsync(
                admin.Client, needed.Select(topic => topic.Name).ToHashSet(StringComparer.Ordinal), cancellationToken);
            admin.Rest();
            var before = faults.All;
            faults.All =
            [
                .. needed.Select(topic => FaultOf(topic, served.GetValueOrDefault(topic.Name))).OfType<TopicFault>()
                    .DistinctBy(fault => fault.Topic, StringComparer.Ordinal),
            ];
            foreach (var topic in served.Where(topic => topic.Value.Allowed is not null).Select(topic => topic.Key)
                .Except(faults.All.Select(fault => fault.Topic), StringComparer.Ordinal))
            {
                refusals.Withdraw(topic);
            }

            foreach (var fault in faults.All.Except(before))
            {
                Log.Wrong(logger, fault.Text);
            }

            foreach (var mended in before.Select(fault => fault.Topic)
                .Except(faults.All.Select(fault => fault.Topic), StringComparer.Ordinal))
            {
                Log.Mended(logger, mended);
            }

            return faults.All.Count == 0;
        }
        catch (KafkaException)
        {
            // The broker is away, which its clients say.
            admin.Renew();
            return false;
        }
    }

    private TopicFault? FaultOf(NeededTopic topic, ServedTopic? served) => topic.RightFaultOf(served, kafka) ?? topic.FaultOf(served);

    private IEnumerable<NeededTopic> Needed()
    {
        var announced = (published?.Topics ?? [])
            .Select(topic => new NeededTopic(topic.Name, "its events wait in the outbox", topic.Partitions)
            {
                Operation = AclOperation.Write,
            });
        var read = groups.SelectMany(group => group.Topics.Select(topic => new NeededTopic(
            topic,
            $"group '{group.Name}' has nothing to read there",
            group.Partitions.TryGetValue(topic, out var partitions) ? partitions : null)
        {
            Operation = AclOperation.Read,

            // An offset that is stored with the effect says what was handled, and nothing rests on hearsay.
            InboxRetention = group.OffsetsInDatabase || group.HearsayTopics.Contains(topic) ? null : options.Value.Consumer.InboxRetention,
        }));
        var receipts = options.Value.Receipts.Enabled && groups.Any()
            ? new[]
            {
                new NeededTopic(options.Value.Receipts.Topic, "receipts are dropped", Partitions: null) { Operation = AclOperation.Write },
            }
            : [];
        return announced.Concat(read).Concat(receipts);
    }

    private static partial class Log
    {
        [LoggerMessage(152, LogLevel.Warning, "{Warning}")]
        public static partial void Unsafe(ILogger logger, string warning);

        [LoggerMessage(150, LogLevel.Error, "{Fault}")]
        public static partial void Wrong(ILogger logger, string fault);

        [LoggerMessage(151, LogLevel.Information, "Topic '{Topic}' is now as the service needs it.")]
        public static partial void Mended(ILogger logger, string topic);
    }
}
