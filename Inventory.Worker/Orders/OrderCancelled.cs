using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of OrderCancelled.</summary>
[Event("eventdriven.orders.order-cancelled.v1")]
internal sealed record OrderCancelled([NotDefault] Guid OrderId);
