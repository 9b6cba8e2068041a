namespace EventDriven.Contracts.Payments;

/// <summary>The payment provider captured the money for an order.</summary>
/// <param name="OrderId">The order, and the event's key.</param>
/// <param name="ProviderReference">The provider's own id of the payment; an order's payment is captured once per reference.</param>
/// <param name="Amount">Captured amount, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="CapturedAt">When, UTC.</param>
public sealed record PaymentCaptured(Guid OrderId, string ProviderReference, decimal Amount, string Currency, DateTimeOffset CapturedAt);
