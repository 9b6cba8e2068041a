using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>One dead letter in full, and what waits behind it.</summary>
/// <param name="DeadLetter">The dead letter.</param>
/// <param name="OfKey">The unresolved ones of its key, in order; itself is among them while it is unresolved.</param>
/// <param name="Stakes">What they are about.</param>
/// <param name="Now">When it was read, UTC.</param>
public sealed record DeadLetterDetails(DeadLetter DeadLetter, IReadOnlyList<DeadLetter> OfKey, EventStakes Stakes, DateTimeOffset Now)
{
    /// <summary>Whether an operator or its group still has to do something with it.</summary>
    public bool IsUnresolved => DeadLetter.State is DeadLetterState.Parked or DeadLetterState.Redriving;
}
