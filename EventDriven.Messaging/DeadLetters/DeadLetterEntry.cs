using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>A record that is to be stored as a dead letter.</summary>
/// <param name="Item">The record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What its last attempt threw; null when there was none.</param>
internal sealed record DeadLetterEntry(PendingEvent Item, DeadLetterReason Reason, Exception? Error = null)
{
    /// <summary>Whether it is one of those that <see cref="MessagingOptions.MaxParkedKeys"/> limits: its key is parked because a handler failed.</summary>
    public bool CountsTowardsLimit => Item.Key is not null && Reason == DeadLetterReason.Failed;

    /// <summary>What can be read of its attributes.</summary>
    public (Guid? Id, string? Type, DateTimeOffset Time) Attributes()
    {
        try
        {
            var envelope = KafkaBinding.Read(Item.Record.Message);
            return (envelope.Id, envelope.Type, envelope.Time);
        }
        catch (UnreadableEventException)
        {
            return (null, null, new DateTimeOffset(Item.Record.Message.Timestamp.UtcDateTime, TimeSpan.Zero));
        }
    }
}
