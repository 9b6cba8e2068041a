namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentRefused.</summary>
internal sealed record PaymentRefused(Guid OrderId, decimal Amount, string Currency, string Reason);
