using Analytics.Worker.Orders;

namespace Analytics.Worker.Journeys;

/// <summary>What happened to an order, and what each consumer group did with it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Facts">The facts that at least one group has reported, in the order of time.</param>
/// <param name="Links">Links to related resources.</param>
internal sealed record JourneyAnswer(Guid OrderId, IReadOnlyList<JourneyFact> Facts, OrderLinks Links);
