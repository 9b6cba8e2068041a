using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderCancelled.</summary>
[Event("eventdriven.orders.order-cancelled.v1")]
internal sealed record OrderCancelled(
    [NotDefault] Guid OrderId, [Numeric(14, 2)] decimal? RefundDue = null, [RegularExpression("[A-Z]{3}")] string? Currency = null);
