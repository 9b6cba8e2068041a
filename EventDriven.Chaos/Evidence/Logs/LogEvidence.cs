using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Chaos.Evidence.Logs;

/// <summary>Reads the whole log.</summary>
internal static class LogEvidence
{
    private const int Portion = 10_000;

    /// <summary>Every record of some topics, by topic, partition and offset.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<LoggedRecord>> ReadAsync(
        KafkaCluster kafka, IReadOnlyCollection<string> topics, TimeProvider time, CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(kafka.Client, topics, cancellationToken);
        var records = await Task.Run(() => Read(kafka, bounds, time, cancellationToken), cancellationToken);
        return [.. records.OrderBy(r => r.Topic, StringComparer.Ordinal).ThenBy(r => r.Partition).ThenBy(r => r.Offset)];
    }

    private static List<LoggedRecord> Read(
        KafkaCluster kafka,
        IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var log = new LogReader(
            kafka.Settings,
            bounds.ToDictionary(bound => bound.Key, bound => bound.Value.Low),
            bounds.ToDictionary(bound => bound.Key, bound => bound.Value.High),
            time);
        var records = new List<LoggedRecord>();
        while (log.Read(Portion, cancellationToken) is { Count: > 0 } read)
        {
            records.AddRange(read.Select(Of));
        }

        return records;
    }

    private static LoggedRecord Of(ConsumeResult<byte[], byte[]> record)
    {
        var key = record.Message.Key is { } bytes ? LaneKey.Of(bytes) : null;
        var unreadable = new LoggedRecord(
            record.Topic, record.Partition.Value, record.Offset.Value, KafkaBinding.WrittenAt(record.Message), key, Event: null);
        try
        {
            return unreadable with { Event = Of(KafkaBinding.Read(record.Message)) };
        }
        catch (UnreadableEventException)
        {
            return unreadable;
        }
    }

    private static LoggedEvent Of(ReceivedEvent received)
    {
        var (envelope, mark) = (received.Envelope, EventFingerprint.Of(received));
        return new LoggedEvent(
            mark.Identity,
            envelope.Id,
            envelope.Source,
            envelope.Type,
            envelope.Time.ToUniversalTime(),
            envelope.CorrelationId,
            envelope.CausationId,
            mark.Content,
            FactReader.Read(envelope.Type, received.Data.Span));
    }
}
