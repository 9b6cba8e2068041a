using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// What an attempt at some events has come to so far. An event is unfinished until <see cref="Finish"/>; what stands behind an unfinished one in
/// its lane stays unfinished too (law L5).
/// </summary>
internal sealed class BatchAttempt : IDisposable
{
    private static readonly TimeSpan FirstHeldDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxHeldDelay = TimeSpan.FromSeconds(1);

    private readonly MessagingOptions _options;
    private readonly List<PendingEvent> _items;
    private readonly HashSet<Guid> _identities;

    /// <summary>Counts the events as running; those whose partition is given up are left to its new owner.</summary>
    public BatchAttempt(IReadOnlyList<PendingEvent> items, MessagingOptions options)
    {
        _options = options;
        _items = new List<PendingEvent>(items.Count);
        _identities = new HashSet<Guid>(items.Count);
        Events = new List<EventAttempt>(items.Count);
        foreach (var item in items)
        {
            if (item.Progress.TryEnter())
            {
                item.Again = TimeSpan.Zero;
                _items.Add(item);
            }
            else
            {
                item.Again = null;
            }
        }
    }

    /// <summary>The events that are attempted, lane by lane.</summary>
    public IReadOnlyList<PendingEvent> Items => _items;

    /// <summary>Those of them that are to be applied.</summary>
    public List<EventAttempt> Events { get; }

    /// <summary>Those that are to be stored as dead letters, in the same transaction.</summary>
    public List<DeadLetterEntry> Letters { get; } = [];

    /// <summary>Topics of the places among the dead letters that were reserved for events of it, see <see cref="CircuitBreaker"/>.</summary>
    public List<string> Reserved { get; } = [];

    /// <summary>
    /// Those that the group has no handler for, or drops, where it keeps its offsets in its database: else the offset there would stay before them, and the group
    /// would seem to lag for ever.
    /// </summary>
    public List<PassedRecord> Passed { get; } = [];

    /// <summary>How many the transaction is about.</summary>
    public int Count => Events.Count + Letters.Count + Passed.Count;

    /// <summary>The lease that was acquired for them together; unknown when Redis was not asked, or not reached.</summary>
    public Lease Lease { get; set; } = Lease.Unknown;

    /// <summary>Whether a partition was lost, or the time to finish its events is over.</summary>
    public bool IsAborted => Used().Any(item => item.Progress.Aborted.IsCancellationRequested);

    /// <summary>Those to be applied that may have been delivered before, or those that can't have been.</summary>
    public List<EventFingerprint> Marks(bool mayBeKnown) => [.. Events.Where(e => e.Item.MayBeKnown == mayBeKnown).Select(e => e.Mark)];

    public static void Finish(PendingEvent item)
    {
        item.Progress.Finish(item.Record.Offset.Value);
        item.Again = null;
    }

    /// <summary>Adds what was read; false when it is the same event again, which has to wait until it is known what became of the first.</summary>
    public bool TryAdd(EventAttempt attempt)
    {
        if (!_identities.Add(attempt.Mark.Identity))
        {
            return false;
        }

        Events.Add(attempt);
        return true;
    }

    /// <summary>An event failed by itself: it is tried again later.</summary>
    public static void Fail(PendingEvent item, RetryPolicy policy, DateTimeOffset now)
    {
        item.FirstFailedAt = item.Failures == 0 ? now : item.FirstFailedAt;
        item.Alone = true;
        item.WaitsForPlace = false;
        item.Again = policy.Delay(++item.Failures, Random.Shared.NextDouble());
    }

    /// <summary>An event that failed for the last time can't become a dead letter now.</summary>
    public static void WaitForPlace(PendingEvent item, TimeSpan wait)
    {
        item.Alone = true;
        item.Again = wait;
        item.WaitsForPlace = true;
    }

    /// <summary>Another instance has the event's lease, or the database is away. Waiting is no failure: it doesn't lengthen the back-off.</summary>
    public static void Hold(PendingEvent item)
    {
        item.Again = Delay(++item.Waits, FirstHeldDelay, MaxHeldDelay);
    }

    /// <summary>The events can't be applied together: each is tried alone.</summary>
    public void Split()
    {
        foreach (var item in Used())
        {
            item.Alone = true;
        }
    }

    /// <summary>Bounds what is done now: by the handlers' time, and by the end of the events' partitions.</summary>
    public CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource([.. Used().Select(item => item.Progress.Aborted).Distinct()]);
        bound.CancelAfter(_options.Consumer.TimeoutOf(Count));
        return bound;
    }

    public void Dispose()
    {
        foreach (var item in _items)
        {
            item.Progress.Leave();
        }
    }

    private IEnumerable<PendingEvent> Used() => Events.Select(e => e.Item).Concat(Letters.Select(l => l.Item)).Concat(Passed.Select(p => p.Item));

    private static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan longest) =>
        RetryDelay.After(attempt, first, longest, Random.Shared.NextDouble());
}
