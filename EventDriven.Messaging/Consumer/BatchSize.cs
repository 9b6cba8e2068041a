namespace EventDriven.Messaging.Consumer;

/// <summary>
/// How many waiting events are handled in one transaction, and how many transactions at once. It follows what the handlers take: quick ones share
/// a transaction, because its round trips cost more than they do; slow ones don't, because keys that share one wait for one another.
/// </summary>
/// <param name="most">Upper limit.</param>
internal sealed class BatchSize(int most)
{
    /// <summary>What the handlers of one lane's events may take together; they run one after another in any case.</summary>
    private const double LaneMilliseconds = 50;

    /// <summary>What the handlers of several lanes' events may take together.</summary>
    private const double SharedMilliseconds = 5;

    /// <summary>What a quick handler takes for an event, at most.</summary>
    private const double QuickMilliseconds = 1;

    private const double Weight = 0.2;

    private readonly Lock _lock = new();
    private double _milliseconds = QuickMilliseconds;

    /// <summary>Events of one batch, at most.</summary>
    public int Most => Within(LaneMilliseconds);

    /// <summary>Events up to which further lanes may join a batch.</summary>
    public int Shared => Within(SharedMilliseconds);

    /// <summary>Whether the work is the database's rather than the handlers': then a few transactions at once do more than many.</summary>
    public bool IsQuick
    {
        get
        {
            lock (_lock)
            {
                return _milliseconds <= QuickMilliseconds;
            }
        }
    }

    /// <summary>The handlers of so many events took so long.</summary>
    public void Note(int events, TimeSpan took)
    {
        lock (_lock)
        {
            _milliseconds += Weight * ((took.TotalMilliseconds / events) - _milliseconds);
        }
    }

    private int Within(double milliseconds)
    {
        lock (_lock)
        {
            return (int)Math.Clamp(milliseconds / _milliseconds, 1, most);
        }
    }
}
