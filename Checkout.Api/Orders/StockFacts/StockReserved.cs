using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>What Checkout reads of Inventory's StockReserved.</summary>
/// <param name="OrderId">The order whose stock is held.</param>
[Event("eventdriven.inventory.stock-reserved.v1")]
internal sealed record StockReserved([NotDefault] Guid OrderId);
