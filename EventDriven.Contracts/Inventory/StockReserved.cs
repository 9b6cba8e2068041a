using EventDriven.Messaging;

namespace EventDriven.Contracts.Inventory;

/// <summary>Stock is held for every line of an order.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Lines">The held quantities, one entry a SKU.</param>
/// <param name="ReservedAt">When, UTC.</param>
[Event("eventdriven.inventory.stock-reserved.v1")]
public sealed record StockReserved(Guid OrderId, IReadOnlyList<StockLine> Lines, DateTimeOffset ReservedAt);
