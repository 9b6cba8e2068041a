using EventDriven.Messaging.Consuming.Handling;

namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>
/// How many waiting events are handled in one transaction, and how many transactions at once. It compares what handlers of single events take with
/// what the transaction around them takes, because on a busy machine both grow alike: quick ones share a transaction, whose round trips cost more
/// than they do; slow ones don't, because keys that share one wait for one another. Handlers that wait for something else than the database run in
/// many transactions at once, others in few. Handlers of batches always share.
/// </summary>
/// <param name="most">Upper limit.</param>
/// <param name="takesSingles">Whether there are handlers of single events; only they are measured.</param>
internal sealed class BatchSize(int most, bool takesSingles = true)
{
    /// <summary>What the handlers of one lane's events may take together, in transactions; they run one after another in any case.</summary>
    private const double LaneTransactions = 40;

    /// <summary>What the handlers of several lanes' events may take together, in transactions.</summary>
    private const double SharedTransactions = 10;

    /// <summary>What a quick handler takes for an event at most without using the database, in transactions.</summary>
    private const double QuickTransactions = 0.05;

    /// <summary>How many times as long as the average a batch runs before it doesn't count as running among few any more.</summary>
    private const double SlowFactor = 8;

    private const double Weight = 0.2;
    private static readonly TimeSpan ShortestSlow = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();

    // Until it is known better, a handler takes as long as its transaction: the first batch is small, and the next ones grow when it turns out quick.
    private double _handler = takesSingles ? 1 : 0;
    private double _waits;
    private TimeSpan _batch;

    /// <summary>Events of one batch, at most.</summary>
    public int Most => Within(LaneTransactions);

    /// <summary>Events up to which further lanes may join a batch.</summary>
    public int Shared => Within(SharedTransactions);

    /// <summary>Whether the work is the database's rather than the handlers': then a few transactions at once do more than many.</summary>
    public bool IsQuick
    {
        get
        {
            lock (_lock)
            {
                return _waits <= QuickTransactions;
            }
        }
    }

    /// <summary>What runs for longer may hang.</summary>
    public TimeSpan Slow
    {
        get
        {
            lock (_lock)
            {
                return SlowFactor * _batch > ShortestSlow ? SlowFactor * _batch : ShortestSlow;
            }
        }
    }

    /// <summary>Learns from a batch that was committed.</summary>
    /// <param name="applied">What was applied, and what that took.</param>
    /// <param name="batch">What everything took.</param>
    public void Note(AppliedEvents applied, TimeSpan batch)
    {
        lock (_lock)
        {
            _batch += Weight * (batch - _batch);
            if (applied.Singles is { Events: > 0 } singles && applied.TransactionTook > TimeSpan.Zero)
            {
                var transactions = applied.TransactionTook * singles.Events;
                _handler += Weight * ((singles.Took / transactions) - _handler);
                _waits += Weight * ((singles.Waited / transactions) - _waits);
            }
        }
    }

    private int Within(double transactions)
    {
        lock (_lock)
        {
            return (int)Math.Clamp(transactions / _handler, 1, most);
        }
    }
}
