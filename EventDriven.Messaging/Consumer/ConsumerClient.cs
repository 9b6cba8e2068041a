using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consumer;

/// <summary>Builds the Kafka client of a group with the settings that the laws need.</summary>
internal static class ConsumerClient
{
    private const int MaxBufferedKilobytes = 16 * 1024;

    // What the broker gathers before it answers a group that reads in bulk, and for how long at most. Else it answers as soon as there is anything.
    private const int BulkBytes = 64 * 1024;
    private const int BulkWaitMs = 250;

    public static ConsumerBuilder<byte[], byte[]> Builder(string bootstrapServers, ConsumerGroup group, MessagingOptions options, ILogger logger) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = group.Name,
            ClientId = $"{group.Name}@{Environment.MachineName}",

            // Offsets are stored when events are done (never when they are read) and sent to the broker in the background.
            EnableAutoOffsetStore = false,
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 1_000,

            // A new group begins with the first event of the log: a consumer that is added later misses nothing.
            AutoOffsetReset = AutoOffsetReset.Earliest,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = options.SessionTimeoutMs,
            HeartbeatIntervalMs = Math.Max(300, options.SessionTimeoutMs / 4),
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = MaxBufferedKilobytes,
            FetchMinBytes = group.InBulk ? BulkBytes : null,
            FetchWaitMaxMs = group.InBulk ? BulkWaitMs : null,
            SocketKeepaliveEnable = true,
            SocketNagleDisable = true,
            ReconnectBackoffMaxMs = 1_000,
        })
        .SetLogHandler((_, message) => KafkaLog.Write(logger, message));
}
