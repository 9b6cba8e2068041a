namespace EventDriven.Messaging.Consuming;

/// <summary>What an attempt at some events has come to.</summary>
/// <param name="Results">One for each event, in their order.</param>
/// <param name="Times">What a committed transaction took; null when there was none with events.</param>
internal sealed record BatchReport(IReadOnlyList<AttemptResult> Results, BatchTimes? Times);
