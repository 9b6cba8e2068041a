namespace Checkout.Api.Payments.Refunding;

/// <summary>The outcome of a command to the payment provider.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Error">The status code with the provider's reason, or why there was no answer; null if confirmed.</param>
internal sealed record ProviderOutcome(ProviderVerdict Verdict, string? Error = null)
{
    public static readonly ProviderOutcome Confirmed = new(ProviderVerdict.Confirmed);
}
