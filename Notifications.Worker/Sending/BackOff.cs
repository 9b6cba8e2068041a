namespace Notifications.Worker.Sending;

/// <summary>The pause before the next attempt.</summary>
internal static class BackOff
{
    /// <summary>
    /// Doubles from <see cref="MailOptions.RetryFirst"/> up to <see cref="MailOptions.RetryAtMost"/>; its upper half is random.
    /// </summary>
    /// <param name="options">The two bounds.</param>
    /// <param name="attempts">Attempts made so far, at least 1.</param>
    /// <param name="chance">Random number from 0 to 1, so that messages that failed together are not retried together.</param>
    public static TimeSpan After(MailOptions options, int attempts, double chance)
    {
        var whole = Math.Min(options.RetryFirst.TotalSeconds * Math.Pow(2, attempts - 1), options.RetryAtMost.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (0.5 + (chance / 2)));
    }
}
