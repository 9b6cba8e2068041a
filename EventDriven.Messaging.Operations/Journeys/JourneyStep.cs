namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>What a group did with an event. Times are in milliseconds.</summary>
public sealed record JourneyStep(string Group, string Outcome, int Attempt, DateTimeOffset At, double AfterMs, double TookMs);
