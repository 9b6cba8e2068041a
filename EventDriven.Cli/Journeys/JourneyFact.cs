namespace EventDriven.Cli.Journeys;

/// <summary>A fact, and what each group did with it.</summary>
internal sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups);
