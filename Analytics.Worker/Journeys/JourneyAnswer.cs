using Analytics.Worker.Orders;

namespace Analytics.Worker.Journeys;

/// <summary>What happened to an order, and what each consumer group did with it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Facts">In the order in which they happened; those that at least one group has told about.</param>
/// <param name="Links">Where to go on from here.</param>
internal sealed record JourneyAnswer(Guid OrderId, IReadOnlyList<JourneyFact> Facts, OrderLinks Links);
