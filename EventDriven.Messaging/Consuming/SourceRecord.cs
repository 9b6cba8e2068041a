using Confluent.Kafka;

namespace EventDriven.Messaging.Consuming;

/// <summary>
/// A record to be handled, wherever it comes from: read from the log, kept as a dead letter, or read again for a rebuild or a rehearsal.
/// </summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Offset">Offset in the partition.</param>
/// <param name="Key">What it parks when it can't be applied, see <see cref="LaneKey"/>; null when it has no key that can be read.</param>
/// <param name="Message">Its key, value, headers and time.</param>
internal sealed record SourceRecord(string Topic, int Partition, long Offset, string? Key, Message<byte[], byte[]> Message)
{
    /// <summary>A record as Kafka's client has read it.</summary>
    public static SourceRecord Of(ConsumeResult<byte[], byte[]> read) =>
        new(read.Topic, read.Partition.Value, read.Offset.Value, read.Message.Key is { } key ? LaneKey.Of(key) : null, read.Message);

    /// <summary>Where it stands on the log.</summary>
    public TopicPartitionOffset Position => new(Topic, Partition, Offset);

    /// <summary>A delivery of it to a group.</summary>
    public Delivery Delivery(string group, int failures) => new(group, Topic, Partition, Offset, failures + 1);
}
