namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentRefunded.</summary>
internal sealed record PaymentRefunded(Guid OrderId, decimal Amount, string Currency);
