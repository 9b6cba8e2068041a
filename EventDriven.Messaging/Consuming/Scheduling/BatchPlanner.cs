namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>
/// Decides the size of batches: a pure function of what handlers and transactions take. It compares what handlers of single events take
/// with what the transaction around them takes, because on a busy machine both grow alike. Quick ones share a transaction, whose round
/// trips cost more than they do. Slow ones don't, because keys that share one wait for one another. Handlers that wait for something else
/// than the database run in many transactions at once, others in few. Handlers of batches always share.
/// </summary>
internal static class BatchPlanner
{
    /// <summary>
    /// What the handlers of one lane's events may take together, in transactions; they run one after another in any case.
    /// </summary>
    private const double LaneTransactions = 40;

    /// <summary>What the handlers of several lanes' events may take together, in transactions.</summary>
    private const double SharedTransactions = 10;

    /// <summary>What a quick handler takes for an event at most without using the database, in transactions.</summary>
    private const double QuickTransactions = 0.05;

    /// <summary>How many times as long as the average a batch runs before it counts as slow.</summary>
    private const double SlowFactor = 8;

    private static readonly TimeSpan ShortestSlow = TimeSpan.FromMilliseconds(250);

    /// <summary>The plan for handlers like these.</summary>
    /// <param name="maxEvents">Events of a batch, at most: <see cref="ConsumerOptions.BatchSize"/>.</param>
    /// <param name="handler">What a handler of a single event takes, in transactions; 0 when there are only handlers of batches.</param>
    /// <param name="waits">The part of it in which the handler doesn't use the database, in transactions.</param>
    /// <param name="batch">What a batch takes on average.</param>
    public static BatchPlan Plan(int maxEvents, double handler, double waits, TimeSpan batch) => new(
        Within(maxEvents, LaneTransactions, handler),
        Within(maxEvents, SharedTransactions, handler),
        waits <= QuickTransactions,
        SlowFactor * batch > ShortestSlow ? SlowFactor * batch : ShortestSlow);

    private static int Within(int maxEvents, double transactions, double handler) => (int)Math.Clamp(transactions / handler, 1, maxEvents);
}
