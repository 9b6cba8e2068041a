using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>A record of the log, without its data.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Time">When it was sent, UTC.</param>
/// <param name="EventId">CloudEvents id; null when the record can't be read.</param>
/// <param name="Type">CloudEvents type; null when the record can't be read.</param>
/// <param name="Key">Key, as dead letters name it; null when the record has none.</param>
public sealed record LogRecord(string Topic, int Partition, long Offset, DateTimeOffset Time, string? EventId, string? Type, string? Key)
{
    /// <summary>Whether a copy of the same event stands shortly before it.</summary>
    public bool IsCopy { get; internal init; }

    /// <summary>What an inbox keeps of it; null when the record can't be read.</summary>
    internal EventFingerprint? Mark { get; private init; }

    internal TopicPartition TopicPartition => new(Topic, Partition);

    /// <summary>Topic, partition and offset, such as <c>orders.v1[3]@120</c>.</summary>
    public override string ToString() => $"{Topic}[{Partition}]@{Offset}";

    /// <summary>Reads the attributes as a consumer does.</summary>
    internal static LogRecord Of(ConsumeResult<byte[], byte[]> record)
    {
        var key = record.Message.Key is { } bytes ? LaneKey.Of(bytes) : null;
        var unreadable = new LogRecord(
            record.Topic,
            record.Partition.Value,
            record.Offset.Value,
            KafkaBinding.WrittenAt(record.Message),
            EventId: null,
            Type: null,
            key);
        try
        {
            var received = KafkaBinding.Read(record.Message);
            return unreadable with { EventId = received.Envelope.Id, Type = received.Envelope.Type, Mark = EventFingerprint.Of(received) };
        }
        catch (UnreadableEventException)
        {
            return unreadable;
        }
    }
}
