using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Consumer;

/// <summary>Reads an event's data into the consumer's own record and hands it to the handler.</summary>
internal delegate Task ApplyEvent(
    IServiceProvider scope, EventEnvelope envelope, ReadOnlyMemory<byte> data, Delivery delivery, List<Action> committed, CancellationToken cancellationToken);
