using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Payments;

/// <summary>The payment provider captured money for an order, and the order accepted it.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="ProviderReference">The provider's own id of the payment; an order's payment is captured once per reference.</param>
/// <param name="Amount">Captured amount, in <paramref name="Currency"/>; all payments of an order together are at most its total.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="CapturedAt">When, UTC.</param>
/// <param name="Outstanding">
/// The amount still to be paid after this payment, in <paramref name="Currency"/>; null in events from before this field existed.
/// </param>
[Event("eventdriven.payments.payment-captured.v1")]
public sealed record PaymentCaptured(
    Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [RegularExpression("[A-Z]{3}")] string Currency,
    DateTimeOffset CapturedAt,
    [Numeric(14, 2)] decimal? Outstanding = null);
