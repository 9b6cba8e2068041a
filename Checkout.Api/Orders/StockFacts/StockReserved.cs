using EventDriven.Messaging.Validation;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>What Checkout reads of Inventory's StockReserved.</summary>
/// <param name="OrderId">The order that stock is held for.</param>
internal sealed record StockReserved([NotDefault] Guid OrderId);
