using Confluent.Kafka;

namespace EventDriven.Messaging.Outbox;

/// <summary>The settings without which a producer can't keep the outbox's promises.</summary>
public static class OutboxProducer
{
    /// <summary>
    /// Idempotent, acknowledged by every in-sync replica, and never giving a record up: one that timed out behind a later one would
    /// change the order of a key (law L5). How long a record waits is bounded by the relay, which holds few of them.
    /// </summary>
    public static void Configure(ProducerConfig config)
    {
        config.EnableIdempotence = true;
        config.Acks = Acks.All;
        config.MessageTimeoutMs = 0;
        config.LingerMs = 1;
        config.CompressionType = CompressionType.Lz4;

        // The hash that every Kafka client but librdkafka's default uses, so that other producers agree on a key's partition.
        config.Partitioner = Partitioner.Murmur2Random;
        config.AllowAutoCreateTopics = false;
        config.SocketKeepaliveEnable = true;
        config.ReconnectBackoffMaxMs = 1_000;
    }
}
