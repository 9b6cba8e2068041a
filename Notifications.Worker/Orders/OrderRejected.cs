using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of OrderRejected.</summary>
[Event("eventdriven.orders.order-rejected.v1")]
internal sealed record OrderRejected(
    [NotDefault] Guid OrderId,
    [Length(1, 100), PlainText(64)] IReadOnlyList<string> Skus,
    [Numeric(14, 2)] decimal? RefundDue = null,
    [RegularExpression("[A-Z]{3}")] string? Currency = null);
