namespace Analytics.Worker.Revenue;

/// <summary>What Analytics reads of PaymentCaptured.</summary>
internal sealed record PaymentCaptured(Guid OrderId, string ProviderReference, decimal Amount, string Currency, DateTimeOffset CapturedAt);
