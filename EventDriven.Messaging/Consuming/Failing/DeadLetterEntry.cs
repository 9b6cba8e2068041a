using EventDriven.Messaging.Events;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>A record that is to be stored as a dead letter.</summary>
/// <param name="Item">The record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What its last attempt threw; null when there was none.</param>
internal sealed record DeadLetterEntry(PendingEvent Item, DeadLetterReason Reason, Exception? Error = null)
{
    /// <summary>Whether it is one of those that <see cref="DeadLetterOptions.MaxParkedKeys"/> limits: its key is parked because a handler failed.</summary>
    public bool CountsTowardsLimit => Item.Key is not null && Reason == DeadLetterReason.Failed;

    /// <summary>Its attributes; null when they can't be read.</summary>
    public EventEnvelope? Envelope() => Event()?.Envelope;

    /// <summary>Its attributes and its data; null when they can't be read.</summary>
    public ReceivedEvent? Event()
    {
        try
        {
            return KafkaBinding.Read(Item.Record.Message);
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }
}
