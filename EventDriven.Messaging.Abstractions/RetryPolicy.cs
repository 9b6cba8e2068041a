namespace EventDriven.Messaging;

/// <summary>
/// How often an event is tried before it becomes a dead letter, and how long its key waits in between. Every exception is taken as
/// transient unless it is declared otherwise, is a <see cref="ContradictoryEventException"/>, or says that the database can't hold a value;
/// a cancellation, because the service stops or loses the partition, is no failure.
/// </summary>
public sealed record RetryPolicy
{
    private const double Jitter = 0.2;

    /// <summary>Attempts in all; 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>
    /// Wait before the second attempt; 200 ms. It varies by a fifth, so that keys that failed together don't come back together.
    /// </summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many times as long each further wait is; 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>Longest wait; 30 s.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Declares exceptions that no further attempt changes: such an event becomes a dead letter at once.</summary>
    public RetryPolicy Permanent<TException>(Func<TException, bool>? when = null)
        where TException : Exception =>
        this with { PermanentWhen = [.. PermanentWhen, exception => exception is TException typed && (when is null || when(typed))] };

    private IReadOnlyList<Func<Exception, bool>> PermanentWhen { get; init; } = [];

    /// <summary>Whether the exception was declared as one that no further attempt changes.</summary>
    internal bool IsPermanent(Exception exception) => PermanentWhen.Any(permanent => permanent(exception));

    internal TimeSpan Delay(int failures, double random) => DelayAfter(failures, FirstDelay, LongestDelay, random, Factor);

    internal RetryPolicy Validated(string owner) =>
        Attempts >= 1 && FirstDelay >= TimeSpan.Zero && Factor >= 1 && LongestDelay >= FirstDelay
            ? this
            : throw new InvalidOperationException(
                $"The retry policy of {owner} needs at least one attempt, a factor of at least 1 and a longest delay that "
                + "isn't shorter than the first.");

    /// <summary>Exponential back-off with jitter, so that keys or instances that failed together don't come back together.</summary>
    /// <param name="attempt">Number of the attempt that failed, from 1.</param>
    /// <param name="first">Wait after the first attempt.</param>
    /// <param name="longest">Longest wait.</param>
    /// <param name="random">0 to 1, drawn by the caller.</param>
    /// <param name="factor">Ratio of each wait to the one before.</param>
    internal static TimeSpan DelayAfter(int attempt, TimeSpan first, TimeSpan longest, double random, double factor = 2)
    {
        // In milliseconds, which don't overflow as a TimeSpan would.
        var jittered = first.TotalMilliseconds * Math.Pow(factor, attempt - 1) * (1 - Jitter + (2 * Jitter * random));
        return jittered < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(jittered) : longest;
    }
}
