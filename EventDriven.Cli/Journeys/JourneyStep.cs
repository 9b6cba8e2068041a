namespace EventDriven.Cli.Journeys;

/// <summary>What a group did with an event. Times are in milliseconds.</summary>
internal sealed record JourneyStep(string Group, string Outcome, int Attempt, DateTimeOffset At, double AfterMs, double TookMs);
