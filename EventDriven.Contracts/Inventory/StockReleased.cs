using EventDriven.Messaging;

namespace EventDriven.Contracts.Inventory;

/// <summary>Stock that was held for an order is available again.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Lines">The released quantities, one entry a SKU.</param>
/// <param name="ReleasedAt">When, UTC.</param>
[Event("eventdriven.inventory.stock-released.v1")]
public sealed record StockReleased(Guid OrderId, IReadOnlyList<StockLine> Lines, DateTimeOffset ReleasedAt);
