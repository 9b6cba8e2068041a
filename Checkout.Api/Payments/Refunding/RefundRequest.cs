namespace Checkout.Api.Payments.Refunding;

/// <summary>The command to the payment provider: refund this payment in full.</summary>
/// <param name="ProviderReference">The provider's own id of the payment.</param>
/// <param name="Amount">The payment's amount, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Reason">A short code, such as <c>order-cancelled</c>.</param>
internal sealed record RefundRequest(string ProviderReference, decimal Amount, string Currency, string Reason);
