using EventDriven.Messaging;

namespace Storefront.Orders;

/// <summary>A customer placed an order.</summary>
/// <param name="OrderId">The order, and the event's key: what happens to an order is handled in order.</param>
/// <param name="Sku">What was ordered.</param>
/// <param name="Quantity">How many of it.</param>
[Event("thissystem.orders.order-placed.v1")]
internal sealed record OrderPlaced(Guid OrderId, string Sku, int Quantity);
