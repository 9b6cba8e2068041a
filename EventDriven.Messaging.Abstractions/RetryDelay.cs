namespace EventDriven.Messaging;

/// <summary>Exponential back-off with jitter, so that many keys that failed together don't come back together.</summary>
internal static class RetryDelay
{
    private const double Jitter = 0.2;

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="first">Wait after the first.</param>
    /// <param name="longest">Wait at most.</param>
    /// <param name="random">0 to 1, drawn by the caller.</param>
    /// <param name="factor">How many times as long each wait is as the one before.</param>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest, double random, double factor = 2)
    {
        // In milliseconds, which don't overflow: a TimeSpan would.
        var jittered = first.TotalMilliseconds * Math.Pow(factor, attempt - 1) * (1 - Jitter + (2 * Jitter * random));
        return jittered < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(jittered) : longest;
    }
}
