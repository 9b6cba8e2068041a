namespace Analytics.Worker.Journeys;

/// <summary>A fact about an order.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Type">Its type.</param>
/// <param name="Topic">Topic it stands on.</param>
/// <param name="HappenedAt">When it happened by the producer's clock, within the transaction that committed it, UTC.</param>
/// <param name="Groups">In the order in which they were done with it.</param>
internal sealed record JourneyFact(string EventId, string Type, string Topic, DateTimeOffset HappenedAt, IReadOnlyList<JourneyStep> Groups);
