namespace Checkout.Api.Payments.Refunding;

/// <summary>The pause before the provider is asked again.</summary>
internal static class RefundBackOff
{
    /// <summary>
    /// After a refusal <see cref="PaymentOptions.RetryRefused"/>; else it doubles from <see cref="PaymentOptions.RetryFirst"/> up to
    /// <see cref="PaymentOptions.RetryAtMost"/>. The upper half of it is left to chance.
    /// </summary>
    /// <param name="options">The bounds.</param>
    /// <param name="verdict">The provider's answer.</param>
    /// <param name="attempts">Attempts made so far, at least 1.</param>
    /// <param name="chance">0 to 1; keeps refunds that failed together from coming back together.</param>
    public static TimeSpan After(PaymentOptions options, ProviderVerdict verdict, int attempts, double chance)
    {
        var whole = verdict == ProviderVerdict.Refused
            ? options.RetryRefused.TotalSeconds
            : Math.Min(options.RetryFirst.TotalSeconds * Math.Pow(2, attempts - 1), options.RetryAtMost.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (0.5 + (chance / 2)));
    }
}
