namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>The events of an order, as Analytics answers them.</summary>
public sealed record Journey(Guid OrderId, IReadOnlyList<JourneyFact> Facts);
