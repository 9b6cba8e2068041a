namespace Checkout.Api.Payments.Capturing;

/// <summary>A <see cref="PaymentNotice"/> that was found good.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ProviderReference">The provider's own id of the payment.</param>
/// <param name="Amount">More than 0, in <paramref name="Currency"/>.</param>
/// <param name="Currency">Whatever the provider says; the order's is the only one that is taken.</param>
internal sealed record Capture(Guid OrderId, string ProviderReference, decimal Amount, string Currency);
