using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>Hands rows to the producer, in the order of the calls.</summary>
internal interface IOutboxSender
{
    /// <summary>Sends a row. The answer comes later, or at once if the producer itself refuses the row.</summary>
    void Send(OutboxRecord record, CancellationToken cancellationToken);
}
