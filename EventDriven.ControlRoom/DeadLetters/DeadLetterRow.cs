using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>A dead letter in a list.</summary>
/// <param name="DeadLetter">The dead letter.</param>
/// <param name="Blocks">How many events of its key wait behind it.</param>
public sealed record DeadLetterRow(DeadLetter DeadLetter, long Blocks);
