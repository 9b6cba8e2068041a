using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Payments;

/// <summary>
/// The payment provider captured money that the order refuses. It is not revenue and must be refunded: Checkout asks the provider for the
/// refund, and PaymentRefunded follows. If the provider refuses, a person must act.
/// </summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="ProviderReference">The provider's own id of the payment; a payment is refused once per reference.</param>
/// <param name="Amount">Captured amount, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">A short code: <c>order-cancelled</c>, <c>order-rejected</c> or <c>exceeds-total</c>.</param>
/// <param name="RefusedAt">When, UTC.</param>
[Event("eventdriven.payments.payment-refused.v1")]
public sealed record PaymentRefused(
    Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [RegularExpression("[A-Z]{3}")] string Currency,
    [PlainText(32)] string Reason,
    DateTimeOffset RefusedAt);
