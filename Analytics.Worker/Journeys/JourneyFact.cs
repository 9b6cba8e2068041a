namespace Analytics.Worker.Journeys;

/// <summary>A fact about an order.</summary>
/// <param name="EventId">Id of the event.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Topic">The event's topic.</param>
/// <param name="HappenedAt">When it happened by the producer's clock, within the transaction that committed it, UTC.</param>
/// <param name="Groups">The groups, in the order in which they finished it.</param>
internal sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups);
