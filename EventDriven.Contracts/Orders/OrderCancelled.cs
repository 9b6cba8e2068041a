using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Orders;

/// <summary>The order was cancelled before it was fulfilled.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Reason">A short code, such as <c>customer-request</c>.</param>
/// <param name="CancelledAt">When, UTC.</param>
/// <param name="RefundDue">
/// The paid amount that is refunded, in <paramref name="Currency"/>; null in events from before this field existed.
/// </param>
/// <param name="Currency">ISO 4217 code; null with <paramref name="RefundDue"/>.</param>
[Event("eventdriven.orders.order-cancelled.v1")]
public sealed record OrderCancelled(
    Guid OrderId,
    [PlainText(32)] string Reason,
    DateTimeOffset CancelledAt,
    [Numeric(14, 2)] decimal? RefundDue = null,
    [RegularExpression("[A-Z]{3}")] string? Currency = null);
