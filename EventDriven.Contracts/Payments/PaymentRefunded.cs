using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Payments;

/// <summary>The payment provider refunded a payment in full. The order had accepted or refused the payment.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="ProviderReference">The provider's own id of the payment; a payment is refunded once per reference.</param>
/// <param name="Amount">The payment's amount, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">A short code: <c>order-cancelled</c>, <c>order-rejected</c> or <c>exceeds-total</c>.</param>
/// <param name="RefundedAt">When the provider confirmed it, UTC.</param>
[Event("eventdriven.payments.payment-refunded.v1")]
public sealed record PaymentRefunded(
    Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [RegularExpression("[A-Z]{3}")] string Currency,
    [PlainText(32)] string Reason,
    DateTimeOffset RefundedAt);
