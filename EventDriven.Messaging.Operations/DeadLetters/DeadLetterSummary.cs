using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Unresolved dead letters of a group that have the same reason and state.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Reason">Why they are dead letters.</param>
/// <param name="State"><see cref="DeadLetterState.Parked"/> or <see cref="DeadLetterState.Redriving"/>.</param>
/// <param name="Count">How many they are.</param>
/// <param name="OldestAt">When the oldest of them failed or was blocked, UTC.</param>
public sealed record DeadLetterSummary(
    string Group, DeadLetterReason Reason, DeadLetterState State, long Count, DateTimeOffset OldestAt);
