namespace Analytics.Worker.Revenue;

/// <summary>What Analytics reads of PaymentRefunded.</summary>
internal sealed record PaymentRefunded(Guid OrderId, string ProviderReference, decimal Amount, string Currency, DateTimeOffset RefundedAt);
