using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentCaptured.</summary>
[Event("eventdriven.payments.payment-captured.v1")]
internal sealed record PaymentCaptured(
    [NotDefault] Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [Numeric(14, 2)] decimal? Outstanding = null);
