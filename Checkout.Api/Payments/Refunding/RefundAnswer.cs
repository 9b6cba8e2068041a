namespace Checkout.Api.Payments.Refunding;

/// <summary>What Checkout reads of the provider's refusal, a problem document (RFC 9457).</summary>
/// <param name="Title">What kind of problem it is.</param>
internal sealed record RefundAnswer(string? Title);
