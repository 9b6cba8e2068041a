namespace EventDriven.Cli.DeadLetters;

/// <summary>What became of dead letters that were redriven.</summary>
/// <param name="Applied">How many were applied.</param>
/// <param name="Failed">Those that failed again. Their keys are parked again.</param>
/// <param name="Blocked">How many are blocked by them.</param>
/// <param name="Discarded">How many were discarded meanwhile.</param>
/// <param name="Pending">Those that have not been tried yet, by group.</param>
internal sealed record RedriveOutcomeJson(
    int Applied,
    IReadOnlyList<DeadLetterJson> Failed,
    int Blocked,
    int Discarded,
    IReadOnlyList<PendingRedriveJson> Pending);
