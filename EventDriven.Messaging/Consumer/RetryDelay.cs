namespace EventDriven.Messaging.Consumer;

/// <summary>Exponential back-off with jitter, so that many keys that failed together don't come back together.</summary>
internal static class RetryDelay
{
    private const double Jitter = 0.2;

    /// <summary>The wait after a failed attempt.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="first">Wait after the first.</param>
    /// <param name="longest">Wait at most.</param>
    /// <param name="random">0 to 1, drawn by the caller.</param>
    public static TimeSpan After(int attempt, TimeSpan first, TimeSpan longest, double random)
    {
        // 2^30 first delays are longer than any cap; more would overflow.
        var delay = first * Math.Pow(2, Math.Min(attempt - 1, 30));
        var jittered = delay * (1 - Jitter + (2 * Jitter * random));
        return jittered < longest ? jittered : longest;
    }
}
