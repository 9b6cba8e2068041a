using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentRefunded.</summary>
[Event("eventdriven.payments.payment-refunded.v1")]
internal sealed record PaymentRefunded(
    [NotDefault] Guid OrderId,
    [PlainText(100)] string ProviderReference,
    [Numeric(14, 2)] decimal Amount,
    [Required, RegularExpression("[A-Z]{3}")] string Currency);
