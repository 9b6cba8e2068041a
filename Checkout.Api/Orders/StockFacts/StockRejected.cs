namespace Checkout.Api.Orders.StockFacts;

/// <summary>What Checkout reads of Inventory's StockRejected.</summary>
/// <param name="OrderId">The order that no stock is held for.</param>
/// <param name="Shortages">What was missing.</param>
internal sealed record StockRejected(Guid OrderId, IReadOnlyList<StockShortage> Shortages);
