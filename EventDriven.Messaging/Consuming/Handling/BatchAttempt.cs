using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// One attempt at some events: what is to be done with each, and what came of it. An event is unfinished until it has another result; what
/// comes after an unfinished one in its lane stays unfinished too (law L5).
/// </summary>
internal sealed class BatchAttempt : IDisposable
{
    private readonly ConsumerOptions _options;
    private readonly PendingEvent[] _items;
    private readonly bool[] _isRunning;
    private readonly AttemptResult[] _results;
    private readonly HashSet<Guid> _identities;
    private CancellationTokenSource? _given;

    /// <summary>Counts the events as running; those whose partition is given up are left to its new owner.</summary>
    public BatchAttempt(IReadOnlyList<ConsumerWork> items, ConsumerOptions options)
    {
        _options = options;
        _items = new PendingEvent[items.Count];
        _isRunning = new bool[items.Count];
        _results = new AttemptResult[items.Count];
        _identities = new HashSet<Guid>(items.Count);
        Events = new BatchPart<EventAttempt>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            _items[i] = (PendingEvent)items[i];
            _isRunning[i] = _items[i].Progress.TryEnter();
            _results[i] = _isRunning[i] ? default : AttemptResult.Finished(AttemptOutcome.LeftToOthers);
        }
    }

    /// <summary>The events, lane by lane.</summary>
    public IReadOnlyList<PendingEvent> Items => _items;

    /// <summary>What came of each so far.</summary>
    public IReadOnlyList<AttemptResult> Results => _results;

    /// <summary>Those that are to be applied.</summary>
    public BatchPart<EventAttempt> Events { get; private set; }

    /// <summary>Those that are to be stored as dead letters, in the same transaction.</summary>
    public BatchPart<DeadLetterEntry> DeadLetters { get; } = new(0);

    /// <summary>
    /// Those that the group has no handler for, or drops, where it keeps its offsets in its database: else the offset there would stay
    /// before them, and the group would seem to lag for ever.
    /// </summary>
    public BatchPart<PassedRecord> Passed { get; } = new(0);

    /// <summary>How many the transaction is about.</summary>
    public int Count => Events.Count + DeadLetters.Count + Passed.Count;

    /// <summary>The lease that was acquired for them together; unknown when nobody was asked, or didn't answer.</summary>
    public Lease Lease { get; set; } = Lease.Unknown;

    /// <summary>Whether a partition was lost, or the time to finish its events is over.</summary>
    public bool IsAborted => Used().Any(index => _items[index].Progress.Aborted.IsCancellationRequested);

    /// <summary>Whether an event is attempted: its partition was not given up before.</summary>
    public bool IsRunning(int index) => _isRunning[index];

    /// <summary>Ends with the first of the events' partitions that is given up.</summary>
    public CancellationToken Given => (_given ??= CancellationTokenSource.CreateLinkedTokenSource(
        [.. _items.Select(item => item.Progress.Aborted).Distinct()])).Token;

    /// <summary>What became of an event.</summary>
    public void Set(int index, AttemptResult result) => _results[index] = result;

    /// <summary>An event is finished.</summary>
    public void Finish(int index, AttemptOutcome outcome) => Set(index, AttemptResult.Finished(outcome));

    /// <summary>
    /// Adds what was read; false when it is the same event again, which has to wait until it is known what became of the first.
    /// </summary>
    public bool TryAdd(int index, EventAttempt attempt)
    {
        if (!_identities.Add(attempt.Fingerprint.Identity))
        {
            return false;
        }

        Events.Add(index, attempt);
        return true;
    }

    /// <summary>Applies others than those that were read.</summary>
    public void Replace(BatchPart<EventAttempt> events) => Events = events;

    /// <summary>Whether any of those to be applied may have been delivered before.</summary>
    public bool AnyMayBeKnown()
    {
        foreach (var index in Events.Indexes)
        {
            if (_items[index].MayBeKnown)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Fingerprints of those to be applied that may have been delivered before, or of those that can't have been.</summary>
    public List<EventFingerprint> Fingerprints(bool mayBeKnown)
    {
        var found = new List<EventFingerprint>();
        for (var i = 0; i < Events.Count; i++)
        {
            if (_items[Events.Indexes[i]].MayBeKnown == mayBeKnown)
            {
                found.Add(Events.Values[i].Fingerprint);
            }
        }

        return found;
    }

    /// <summary>The events can't be applied together: each is tried alone.</summary>
    public void Split()
    {
        foreach (var index in Used())
        {
            Set(index, AttemptResult.Retry(TimeSpan.Zero, alone: true));
        }
    }

    /// <summary>Bounds what is done now: by the handlers' time, and by the end of the events' partitions.</summary>
    public CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource([.. Used().Select(index => _items[index].Progress.Aborted).Distinct()]);
        bound.CancelAfter(_options.TimeoutOf(Count));
        return bound;
    }

    /// <summary>Stores how far the partitions have come, and gives them back.</summary>
    public void Dispose()
    {
        _given?.Dispose();
        for (var i = 0; i < _items.Length; i++)
        {
            if (!_isRunning[i])
            {
                continue;
            }

            if (_results[i].IsFinished)
            {
                _items[i].Progress.Finish(_items[i].Record.Offset);
            }

            _items[i].Progress.Leave();
        }
    }

    private IEnumerable<int> Used() => Events.Indexes.Concat(DeadLetters.Indexes).Concat(Passed.Indexes);
}
