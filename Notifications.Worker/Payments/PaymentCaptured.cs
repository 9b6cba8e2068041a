namespace Notifications.Worker.Payments;

/// <summary>What Notifications reads of PaymentCaptured.</summary>
internal sealed record PaymentCaptured(Guid OrderId, decimal Amount, string Currency, decimal? Outstanding = null);
