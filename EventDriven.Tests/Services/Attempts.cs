using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Privacy.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Services;

/// <summary>Attempts at events that came from no broker.</summary>
internal static class Attempts
{
    /// <param name="binding">How the group applies it.</param>
    /// <param name="envelope">Its attributes.</param>
    /// <param name="delivery">Where it stands.</param>
    /// <param name="data">Its data, as it is on the log.</param>
    /// <param name="keys">What opens it; null where nothing is sealed.</param>
    public static EventAttempt Of(
        EventBinding binding, EventEnvelope envelope, Delivery delivery, ReadOnlyMemory<byte> data, SubjectKeyRing? keys = null)
    {
        var opened = keys is null ? new OpenedData(data, Key: null) : binding.Personal!.Open(envelope.Type, data, keys);
        return new EventAttempt(
            new SourceRecord(delivery.Topic, delivery.Partition, delivery.Offset, envelope.Subject, new Message<byte[], byte[]>()),
            binding,
            new ReceivedEvent(envelope, data, Schema: null),
            binding.Read(opened.Data),
            delivery,
            NullLogger.Instance)
        {
            SubjectKey = opened.Key,
        };
    }
}
