using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderCancelled.</summary>
[Event("eventdriven.orders.order-cancelled.v1")]
internal sealed record OrderCancelled([NotDefault] Guid OrderId);
