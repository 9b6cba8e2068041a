using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderConfirmed.</summary>
[Event("eventdriven.orders.order-confirmed.v1")]
internal sealed record OrderConfirmed([NotDefault] Guid OrderId, [PlausibleTime] DateTimeOffset ConfirmedAt);
