using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>Builds the Kafka client of a group with the settings that the laws need.</summary>
internal static class ConsumerClient
{
    private const int MaxBufferedKilobytes = 16 * 1024;

    // Members learn of a rebalance by a heartbeat: a long session must not make it slow.
    private const int LeastHeartbeatIntervalMs = 300;
    private const int MostHeartbeatIntervalMs = 3_000;

    // What the broker gathers before it answers a group that reads in bulk, and for how long at most. Else
    // it answers as soon as there is anything.
    private const int BulkBytes = 64 * 1024;
    private const int BulkWaitMs = 250;

    // A rebalance that is going on ends when every member has sent a heartbeat.
    private static readonly TimeSpan LeaveBound = TimeSpan.FromSeconds(5);

    public static ConsumerBuilder<byte[], byte[]> Builder(
        KafkaSettings kafka, ConsumerGroup group, MessagingOptions options, KafkaLog log, BootstrapReminder reminder) =>
        new ConsumerBuilder<byte[], byte[]>(kafka.ApplyTo(new ConsumerConfig
        {
            GroupId = group.Name,
            GroupInstanceId = options.Consumer.InstanceId,
            ClientId = $"{group.Name}@{Environment.MachineName}",

            // Offsets are stored when events are done (never when they are read) and sent to the broker in the background.
            EnableAutoOffsetStore = false,
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 1_000,

            // A new group begins with the first event of the log: a consumer that is added later misses nothing.
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = (int)options.Consumer.SessionTimeout.TotalMilliseconds,
            HeartbeatIntervalMs = Math.Clamp(
                (int)options.Consumer.SessionTimeout.TotalMilliseconds / 4, LeastHeartbeatIntervalMs, MostHeartbeatIntervalMs),
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = MaxBufferedKilobytes,
            FetchMinBytes = group.InBulk ? BulkBytes : null,
            FetchWaitMaxMs = group.InBulk ? BulkWaitMs : null,
            SocketKeepaliveEnable = true,
            SocketNagleDisable = true,
            ReconnectBackoffMaxMs = 1_000,
        }))
        .SetLogHandler((_, message) => log.Write(message))
        .SetErrorHandler((client, error) =>
        {
            log.Write(client, error);
            if (BrokerRefusal.Describe(error, kafka) is { } refusal)
            {
                log.Write(LogLevel.Error, "REFUSED", refusal);
            }

            reminder.ErrorOf(client);
        });

    /// <summary>Whether a client has failed because another one has joined the group under its name.</summary>
    public static bool IsReplaced(KafkaException exception) => exception.Error.Code is ErrorCode.FencedInstanceId;

    /// <summary>
    /// Leaves the group. Closing a client does so only when it gives up partitions: with none, librdkafka (2.16) forgets it in cooperative
    /// groups, and until the session had timed out, a rebalance would wait for this member and could give it partitions.
    /// </summary>
    /// <param name="consumer">Has no partitions.</param>
    /// <param name="serve">
    /// Lets the client work for a moment. A rebalance that is going on must end first, even if this member is given partitions by it.
    /// </param>
    /// <param name="time">Measures the bound, of 5 s.</param>
    public static void LeaveWithoutPartitions(IConsumer<byte[], byte[]> consumer, Action serve, TimeProvider time)
    {
        consumer.Unsubscribe();
        var started = time.GetTimestamp();
        while (consumer.MemberId is { Length: > 0 } && time.GetElapsedTime(started) < LeaveBound)
        {
            serve();
        }
    }
}
