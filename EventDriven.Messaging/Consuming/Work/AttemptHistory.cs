namespace EventDriven.Messaging.Consuming.Work;

/// <summary>How the attempts at something have gone so far. There is one attempt at a time, and nobody else writes it.</summary>
internal sealed class AttemptHistory
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private int _waits;

    /// <summary>Attempts that failed.</summary>
    public int Failures { get; private set; }

    /// <summary>When the first of them did, UTC.</summary>
    public DateTimeOffset FirstFailedAt { get; private set; }

    /// <summary>Whether later events are known to succeed, so that this one is at fault itself when it fails again.</summary>
    public bool OthersSucceed { get; private set; }

    /// <summary>It failed by itself: it is tried again later.</summary>
    public AttemptResult Failed(RetryPolicy policy, DateTimeOffset now)
    {
        FirstFailedAt = Failures == 0 ? now : FirstFailedAt;
        Failures++;
        return AttemptResult.Retry(policy.Delay(Failures, Random.Shared.NextDouble()), alone: true);
    }

    /// <summary>Another instance has its lease, or the database is away. Waiting is no failure: it doesn't lengthen the back-off.</summary>
    public AttemptResult Waited(bool alone) =>
        AttemptResult.Retry(RetryPolicy.DelayAfter(++_waits, FirstWait, LongestWait, Random.Shared.NextDouble()), alone);

    /// <summary>A later event would succeed: this one is tried once more, at once.</summary>
    public AttemptResult OthersHaveSucceeded()
    {
        OthersSucceed = true;
        return AttemptResult.Retry(TimeSpan.Zero, alone: true);
    }

    /// <summary>The next one of its key begins.</summary>
    public void Succeeded() => Failures = 0;
}
