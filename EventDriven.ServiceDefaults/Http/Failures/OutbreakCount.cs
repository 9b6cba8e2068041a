namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>Counts what happens hundreds of times a second during an outbreak, for one line of the log in 10 s.</summary>
internal sealed class OutbreakCount(TimeProvider time)
{
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(10);

    private long _loggedAt;
    private int _unlogged;

    /// <summary>Counts one more.</summary>
    /// <param name="count">How many there were since the last line, if another one is due.</param>
    /// <returns>Whether it is due.</returns>
    public bool Add(out int count)
    {
        Interlocked.Increment(ref _unlogged);
        var last = Interlocked.Read(ref _loggedAt);
        var isDue = (last == 0 || time.GetElapsedTime(last) > LogEvery)
            && Interlocked.CompareExchange(ref _loggedAt, time.GetTimestamp(), last) == last;
        count = isDue ? Interlocked.Exchange(ref _unlogged, 0) : 0;
        return isDue;
    }
}
