namespace Checkout.Api.Payments.Refunding;

/// <summary>The pause before the provider is asked again.</summary>
internal static class RefundBackOff
{
    /// <summary>
    /// After a refusal, the pause is <see cref="PaymentOptions.RetryRefused"/>; otherwise it doubles from
    /// <see cref="PaymentOptions.RetryFirst"/> up to <see cref="PaymentOptions.RetryAtMost"/>. Its upper half is random.
    /// </summary>
    /// <param name="options">The bounds.</param>
    /// <param name="verdict">The provider's verdict.</param>
    /// <param name="attempts">Attempts made so far, at least 1.</param>
    /// <param name="chance">Random number from 0 to 1, so that refunds that failed together are not retried together.</param>
    public static TimeSpan After(PaymentOptions options, ProviderVerdict verdict, int attempts, double chance)
    {
        var whole = verdict == ProviderVerdict.Refused
            ? options.RetryRefused.TotalSeconds
            : Math.Min(options.RetryFirst.TotalSeconds * Math.Pow(2, attempts - 1), options.RetryAtMost.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (0.5 + (chance / 2)));
    }
}
