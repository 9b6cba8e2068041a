namespace EventDriven.Messaging.Operations.Logs;

/// <summary>What a search of the log has found.</summary>
/// <param name="Events">The events, newest first.</param>
/// <param name="Read">How many records were read.</param>
/// <param name="Since">When the oldest of them was sent, UTC; null when none was read.</param>
/// <param name="IsWhole">Whether these were all that the log has; otherwise older ones were left out.</param>
public sealed record LogFindings(IReadOnlyList<LoggedEvent> Events, int Read, DateTimeOffset? Since, bool IsWhole);
