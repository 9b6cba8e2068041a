using EventDriven.Messaging.Operations.DeadLetters;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>How many dead letters there are.</summary>
/// <param name="Groups">By group, reason and state.</param>
/// <param name="Unreachable">What could not be read, and why.</param>
/// <param name="At">When they were counted, UTC.</param>
public sealed record DeadLetterOverview(IReadOnlyList<DeadLetterSummary> Groups, IReadOnlyList<string> Unreachable, DateTimeOffset At)
{
    /// <summary>Whether another reading says the same.</summary>
    public bool IsAs(DeadLetterOverview other) =>
        other is not null && Groups.SequenceEqual(other.Groups) && Unreachable.SequenceEqual(other.Unreachable);
}
