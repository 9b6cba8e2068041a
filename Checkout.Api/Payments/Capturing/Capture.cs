namespace Checkout.Api.Payments.Capturing;

/// <summary>A validated <see cref="PaymentNotice"/>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ProviderReference">The provider's own id of the payment.</param>
/// <param name="Amount">More than 0, in <paramref name="Currency"/>.</param>
/// <param name="Currency">The currency that the provider states; the order accepts only its own.</param>
internal sealed record Capture(Guid OrderId, string ProviderReference, decimal Amount, string Currency);
