using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Revenue;

/// <summary>What Analytics reads of PaymentRefunded.</summary>
[Event("eventdriven.payments.payment-refunded.v1")]
internal sealed record PaymentRefunded(
    [NotDefault] Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [PlausibleTime] DateTimeOffset RefundedAt);
