using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.DeadLetters.Progress;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>How many dead letters there are.</summary>
/// <param name="Groups">By group, reason and state.</param>
/// <param name="Unreachable">What could not be read, and why.</param>
/// <param name="At">When they were counted, UTC.</param>
public sealed record DeadLetterOverview(IReadOnlyList<DeadLetterSummary> Groups, IReadOnlyList<string> Unreachable, DateTimeOffset At)
{
    /// <summary>The redrives of the last day, newest first.</summary>
    public IReadOnlyList<RedriveProgress> Redrives { get; init; } = [];

    /// <summary>Whether another reading says the same.</summary>
    public bool IsAs(DeadLetterOverview other) =>
        other is not null && Groups.SequenceEqual(other.Groups) && Unreachable.SequenceEqual(other.Unreachable)
        && Redrives.SequenceEqual(other.Redrives);
}
