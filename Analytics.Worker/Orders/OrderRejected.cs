using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderRejected.</summary>
[Event("eventdriven.orders.order-rejected.v1")]
internal sealed record OrderRejected([NotDefault] Guid OrderId);
