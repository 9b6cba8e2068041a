using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Checks that the service's topics exist, once the broker answers: a broker that is away must not keep a service from starting, because requests go on
/// and events wait in the outbox. A missing topic doesn't stop it either; it is told, and the service is degraded until the topic is there.
/// </summary>
internal sealed partial class TopicsCheck(
    IConfiguration configuration,
    IEnumerable<ConsumerGroup> groups,
    MissingTopics missing,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<TopicsCheck> logger,
    PublishedEvents? published = null) : BackgroundService
{
    // A broker that doesn't answer must not hold up a stop for long.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetConnectionString("kafka") is not { } bootstrapServers)
        {
            return;
        }

        while (!await AreAllThereAsync(bootstrapServers, stoppingToken))
        {
            await Task.Delay(options.Value.Lag.PollInterval, time, stoppingToken);
        }
    }

    private async Task<bool> AreAllThereAsync(string bootstrapServers, CancellationToken cancellationToken)
    {
        try
        {
            var existing = await Task.Run(() => Existing(bootstrapServers), cancellationToken);
            var before = missing.All;
            missing.All = [.. Needed().Where(topic => !existing.Contains(topic.Name))];
            foreach (var topic in missing.All.Except(before))
            {
                Log.Missing(logger, topic.Missing);
            }

            foreach (var topic in before.Except(missing.All))
            {
                Log.Created(logger, topic.Name);
            }

            return missing.All.Count == 0;
        }
        catch (KafkaException)
        {
            // The broker is away, which its clients say.
            return false;
        }
    }

    // All topics, because asking by name makes some brokers create them.
    private static HashSet<string> Existing(string bootstrapServers)
    {
        using var admin = KafkaAdmin.Open(bootstrapServers);
        return admin.Client.GetMetadata(RequestTimeout).Topics
            .Where(topic => topic.Error.Code != ErrorCode.UnknownTopicOrPart)
            .Select(topic => topic.Topic)
            .ToHashSet(StringComparer.Ordinal);
    }

    private IEnumerable<NeededTopic> Needed()
    {
        var announced = (published?.Topics ?? []).Select(topic => new NeededTopic(topic, "its events wait in the outbox"));
        var read = groups.SelectMany(group => group.Topics.Select(topic => new NeededTopic(topic, $"group '{group.Name}' has nothing to read there")));
        var receipts = options.Value.Receipts.Enabled && groups.Any() ? new[] { new NeededTopic(options.Value.Receipts.Topic, "receipts are dropped") } : [];
        return announced.Concat(read).Concat(receipts).DistinctBy(topic => topic.Name, StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(150, LogLevel.Error, "{Missing}")]
        public static partial void Missing(ILogger logger, string missing);

        [LoggerMessage(151, LogLevel.Information, "Topic '{Topic}' exists now.")]
        public static partial void Created(ILogger logger, string topic);
    }
}
