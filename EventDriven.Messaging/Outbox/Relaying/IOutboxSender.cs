using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>Gives rows to the broker's client, in the order of the calls.</summary>
internal interface IOutboxSender
{
    /// <summary>Sends a row. The answer comes later, or at once when it is the client itself that refuses.</summary>
    void Send(OutboxRecord record, CancellationToken cancellationToken);
}
