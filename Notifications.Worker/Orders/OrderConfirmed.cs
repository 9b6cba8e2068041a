using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderConfirmed.</summary>
[Event("eventdriven.orders.order-confirmed.v1")]
internal sealed record OrderConfirmed([NotDefault] Guid OrderId);
