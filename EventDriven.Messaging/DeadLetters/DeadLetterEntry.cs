using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>A record that is to be stored as a dead letter.</summary>
/// <param name="Item">The record.</param>
/// <param name="Reason">Why.</param>
/// <param name="Error">What its last attempt threw; null when there was none.</param>
internal sealed record DeadLetterEntry(PendingEvent Item, DeadLetterReason Reason, Exception? Error = null)
{
    /// <summary>Whether it parks a key that isn't parked yet.</summary>
    public bool ParksKey => Item.Key is not null && Reason != DeadLetterReason.Behind;

    /// <summary>
    /// Whether it tells of this group rather than of the event's producer: only then too many of them make the group pause.
    /// </summary>
    public bool TakesPlace => Reason is DeadLetterReason.Failed or DeadLetterReason.Unreadable;

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
