using EventDriven.Messaging;

namespace EventDriven.Contracts.Orders;

/// <summary>Stock is held for every line of the order.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="ConfirmedAt">When, UTC.</param>
[Event("eventdriven.orders.order-confirmed.v1")]
public sealed record OrderConfirmed(Guid OrderId, DateTimeOffset ConfirmedAt);
