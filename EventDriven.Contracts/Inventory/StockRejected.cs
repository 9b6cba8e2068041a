using EventDriven.Messaging;

namespace EventDriven.Contracts.Inventory;

/// <summary>Stock could not be held for an order; none of its lines is held.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Shortages">The SKUs that were short.</param>
/// <param name="RejectedAt">When, UTC.</param>
[Event("eventdriven.inventory.stock-rejected.v1")]
public sealed record StockRejected(Guid OrderId, IReadOnlyList<StockShortage> Shortages, DateTimeOffset RejectedAt);
