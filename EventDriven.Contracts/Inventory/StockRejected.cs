namespace EventDriven.Contracts.Inventory;

/// <summary>Stock could not be held for an order; nothing of it was.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Shortages">What was missing.</param>
/// <param name="RejectedAt">When, UTC.</param>
public sealed record StockRejected(Guid OrderId, IReadOnlyList<StockShortage> Shortages, DateTimeOffset RejectedAt);
