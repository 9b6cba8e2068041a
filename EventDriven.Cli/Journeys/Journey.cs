namespace EventDriven.Cli.Journeys;

/// <summary>An order's facts, as Analytics tells them.</summary>
internal sealed record Journey(Guid OrderId, IReadOnlyList<JourneyFact> Facts);
