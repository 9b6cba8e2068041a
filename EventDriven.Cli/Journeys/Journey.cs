namespace EventDriven.Cli.Journeys;

/// <summary>The events of an order, as Analytics answers them.</summary>
internal sealed record Journey(Guid OrderId, IReadOnlyList<JourneyFact> Facts);
