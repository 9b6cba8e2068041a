using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Cli.DeadLetters;

/// <summary>What came of a redrive.</summary>
/// <param name="Applied">How many were applied.</param>
/// <param name="Discarded">How many somebody has given up meanwhile.</param>
/// <param name="Failed">Those that failed again, with the error; their keys are parked again.</param>
/// <param name="Behind">How many wait behind them.</param>
/// <param name="Waiting">How many are still to be applied, by group, and why.</param>
internal sealed record RedriveOutcome(
    int Applied, int Discarded, IReadOnlyList<DeadLetter> Failed, int Behind, IReadOnlyList<(string Group, int Count, string Why)> Waiting)
{
    /// <summary>Whether nothing is left to wait for, or to repair.</summary>
    public bool IsDone => Failed.Count == 0 && Behind == 0 && Waiting.Count == 0;
}
