namespace EventDriven.Cli.Journeys;

/// <summary>What a group did with a fact; times in milliseconds.</summary>
internal sealed record JourneyStep(string Group, string Outcome, int Attempt, DateTimeOffset At, double AfterMs, double TookMs);
