namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>How many waiting events are handled in one transaction, and how many transactions at once.</summary>
/// <param name="MaxEvents">Events of one batch, at most.</param>
/// <param name="MaxShared">Events up to which further lanes may join a batch.</param>
/// <param name="IsQuick">
/// Whether the work is the database's rather than the handlers': then a few transactions at once do more than many.
/// </param>
/// <param name="SlowAfter">A batch that has run for longer may hang: it doesn't count as one of a few any more.</param>
internal sealed record BatchPlan(int MaxEvents, int MaxShared, bool IsQuick, TimeSpan SlowAfter)
{
    /// <summary>
    /// Batches of quick handlers that run at the same time when more waits than one batch takes. When less waits, it is one: what comes
    /// meanwhile shares the next transaction, which costs less and is committed sooner.
    /// </summary>
    private const int MaxQuickBatches = 2;

    /// <summary>How many batches may be started now; not more than 0 when none may.</summary>
    /// <param name="concurrency">Batches at the same time, at most.</param>
    /// <param name="ready">Lanes that wait for a batch.</param>
    /// <param name="running">Batches that run.</param>
    /// <param name="slow">Those of them that have run for longer than <see cref="SlowAfter"/>.</param>
    public int FreeBatches(int concurrency, int ready, int running, int slow)
    {
        var free = concurrency - running;
        return IsQuick ? Math.Min(free, (ready > MaxShared ? MaxQuickBatches : 1) - (running - slow)) : free;
    }

    /// <summary>How many lanes share a batch, so that all that are ready get into the free ones.</summary>
    public static int LanesPerBatch(int ready, int free) => (int)Math.Ceiling(ready / (double)free);

    /// <summary>Whether another lane may join a batch that has events of others.</summary>
    /// <param name="events">Events that it has.</param>
    /// <param name="lanes">Lanes that it has.</param>
    /// <param name="maxLanes">Lanes that it may have.</param>
    public bool MayJoin(int events, int lanes, int maxLanes) => events < MaxShared && lanes < maxLanes;
}
