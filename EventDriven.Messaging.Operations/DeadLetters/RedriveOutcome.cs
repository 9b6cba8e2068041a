using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>The outcome of a redrive.</summary>
/// <param name="Applied">How many dead letters were applied.</param>
/// <param name="Discarded">How many were discarded meanwhile.</param>
/// <param name="Failed">Those that failed again, each with its error. Their keys are parked again.</param>
/// <param name="Blocked">How many are blocked by them.</param>
/// <param name="Pending">Those that have not been tried yet, by group.</param>
public sealed record RedriveOutcome(
    int Applied, int Discarded, IReadOnlyList<DeadLetter> Failed, int Blocked, IReadOnlyList<PendingRedrive> Pending)
{
    /// <summary>Whether every dead letter was applied or discarded.</summary>
    public bool IsDone => Failed.Count == 0 && Blocked == 0 && Pending.Count == 0;
}
