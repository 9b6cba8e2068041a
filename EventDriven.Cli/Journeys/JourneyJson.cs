namespace EventDriven.Cli.Journeys;

/// <summary>The events of an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Facts">Its events, oldest first.</param>
internal sealed record JourneyJson(Guid OrderId, IReadOnlyList<JourneyFactJson> Facts);
