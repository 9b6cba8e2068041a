using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>A record of the log, as far as it is compared.</summary>
/// <param name="Partition">Where it stands.</param>
/// <param name="Offset">And at which offset.</param>
/// <param name="Time">When it was sent, UTC.</param>
/// <param name="EventId">CloudEvents id; null when the record can't be read.</param>
/// <param name="Mark">What an inbox keeps of it; null when the record can't be read.</param>
/// <param name="Type">CloudEvents type; null when the record can't be read.</param>
/// <param name="Key">Key, as dead letters name it.</param>
internal sealed record LogRecord(TopicPartition Partition, long Offset, DateTimeOffset Time, string? EventId, EventFingerprint? Mark, string? Type, string? Key)
{
    /// <summary>Whether the same event stands shortly before it already.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Reads the attributes as a consumer does.</summary>
    public static LogRecord Of(ConsumeResult<byte[], byte[]> record)
    {
        var time = KafkaBinding.WrittenAt(record.Message);
        var key = record.Message.Key is { } bytes ? LaneKey.Of(bytes) : null;
        try
        {
            var received = KafkaBinding.Read(record.Message);
            var envelope = received.Envelope;
            return new LogRecord(record.TopicPartition, record.Offset.Value, time, envelope.Id, EventFingerprint.Of(received), envelope.Type, key);
        }
        catch (UnreadableEventException)
        {
            return new LogRecord(record.TopicPartition, record.Offset.Value, time, EventId: null, Mark: null, Type: null, key);
        }
    }

    /// <summary>Topic, partition and offset as commands write them.</summary>
    public override string ToString() => $"{Partition.Topic}[{Partition.Partition.Value}]@{Offset}";
}
