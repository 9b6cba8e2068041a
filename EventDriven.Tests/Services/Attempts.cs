using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Services;

/// <summary>Attempts at events that came from no broker.</summary>
internal static class Attempts
{
    public static EventAttempt Of(EventBinding binding, EventEnvelope envelope, Delivery delivery, ReadOnlyMemory<byte> data) => new(
        new SourceRecord(delivery.Topic, delivery.Partition, delivery.Offset, envelope.Subject, new Message<byte[], byte[]>()),
        binding,
        new ReceivedEvent(envelope, data, Schema: null),
        binding.Read(data),
        delivery,
        NullLogger.Instance);
}
