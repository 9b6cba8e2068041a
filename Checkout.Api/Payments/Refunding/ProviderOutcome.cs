namespace Checkout.Api.Payments.Refunding;

/// <summary>What became of a command to the payment provider, and what it said.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Error">A status code with the provider's reason, or what kept it from answering; null when confirmed.</param>
internal sealed record ProviderOutcome(ProviderVerdict Verdict, string? Error = null)
{
    public static readonly ProviderOutcome Confirmed = new(ProviderVerdict.Confirmed);
}
