using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentRefused.</summary>
[Event("eventdriven.payments.payment-refused.v1")]
internal sealed record PaymentRefused(
    [NotDefault] Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [Required, RegularExpression("[A-Z]{3}")] string Currency,
    [PlainText(64)] string Reason);
