using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Orders;

/// <summary>The order can't be fulfilled.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="Reason">A short code, such as <c>out-of-stock</c>.</param>
/// <param name="Skus">The missing SKUs.</param>
/// <param name="RejectedAt">When, UTC.</param>
/// <param name="RefundDue">
/// The paid amount that is refunded, in <paramref name="Currency"/>; null in events from before this field existed.
/// </param>
/// <param name="Currency">ISO 4217 code; null with <paramref name="RefundDue"/>.</param>
[Event("eventdriven.orders.order-rejected.v1")]
public sealed record OrderRejected(
    Guid OrderId,
    [PlainText(32)] string Reason,
    [Length(1, 100), PlainText(64)] IReadOnlyList<string> Skus,
    DateTimeOffset RejectedAt,
    [Numeric(14, 2)] decimal? RefundDue = null,
    [RegularExpression("[A-Z]{3}")] string? Currency = null);
