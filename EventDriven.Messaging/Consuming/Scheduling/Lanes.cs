using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>
/// One key at a time, many keys at once (law L5). A lane exists while it has items. Items that wait are handled in batches, within a lane in
/// their order; a bounded number of batches is handled at the same time, and a lane that waits for its next attempt holds up no other.
/// </summary>
/// <typeparam name="TItem">What is handled.</typeparam>
/// <param name="concurrency">Batches handled at the same time.</param>
/// <param name="size">How many items make a batch.</param>
/// <param name="attempt">
/// Handles a batch and says by <see cref="ILaneItem.Again"/> what follows for each of its items; what stands behind an unfinished item of its lane
/// must be unfinished too.
/// </param>
/// <param name="time">Measures the waits.</param>
[SuppressMessage(
    "Design", "CA1001", Justification = "A lane may still end after the lanes are done with; the event has no wait handle to release.")]
internal sealed class Lanes<TItem>(int concurrency, BatchSize size, Func<IReadOnlyList<TItem>, Task> attempt, TimeProvider time)
    where TItem : ILaneItem
{
    /// <summary>Items that keep everything busy; more would only take memory.</summary>
    private const int Enough = 2_000;

    /// <summary>
    /// Batches of quick handlers that run at the same time when more waits than one batch takes, besides those that turned out not to be quick.
    /// When less waits, it is one: what comes meanwhile shares the next transaction, which costs less and is committed sooner.
    /// </summary>
    private const int Few = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane<TItem>> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane<TItem>> _ready = new();
    private readonly ManualResetEventSlim _room = new(initialState: true);
    private TaskCompletionSource _idle = CompletedSource();
    private readonly HashSet<LaneBatch<TItem>> _running = [];
    private bool _looksAgain;
    private int _active;

    /// <summary>Completes when no lane has an item. Faults when handling a batch threw, which is a defect of the caller.</summary>
    public Task WhenIdle
    {
        get
        {
            lock (_lock)
            {
                return _idle.Task;
            }
        }
    }

    /// <summary>
    /// Blocks while enough items are handled or could be, at most for <paramref name="atMost"/>; false when they still are. Items of lanes that
    /// wait for their next attempt don't count: they would block for long.
    /// </summary>
    public bool WaitForRoom(TimeSpan atMost) => _room.Wait(atMost);

    /// <summary>Puts an item behind those of its lane.</summary>
    public void Post(TItem item) => Post(item, isFirst: false);

    /// <summary>Puts an item before those of its lane that wait, and doesn't let it wait for their next attempt.</summary>
    public void PostFirst(TItem item) => Post(item, isFirst: true);

    /// <summary>Ends the waits of lanes early: their first items are tried at once.</summary>
    public void Wake(Func<TItem, bool> waits)
    {
        lock (_lock)
        {
            foreach (var lane in _lanes.Values)
            {
                if (lane.Waits && lane.TryPeek(out var first) && waits(first))
                {
                    lane.Wake();
                }
            }
        }
    }

    private void Post(TItem item, bool isFirst)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(item.Lane, out var lane))
            {
                if (_lanes.Count == 0 && _idle.Task.IsCompletedSuccessfully)
                {
                    _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                lane = new Lane<TItem>(item.Lane);
                _lanes.Add(item.Lane, lane);
                _ready.Enqueue(lane);
            }

            if (isFirst)
            {
                lane.AddFirst(item);
                lane.Wake();
            }
            else
            {
                lane.Add(item);
            }

            CountActive(lane.Waits ? 0 : 1);
            StartBatches();
        }
    }

    // Holds the lock.
    private void StartBatches()
    {
        for (var free = Free(); free > 0 && _ready.Count > 0 && !_idle.Task.IsFaulted; free--)
        {
            var batch = new LaneBatch<TItem>(time.GetTimestamp());
            var share = (int)Math.Ceiling(_ready.Count / (double)free);
            while (_ready.TryPeek(out var lane))
            {
                lane.TakeFirst();
                if (!batch.HasRoomFor(lane, share, size))
                {
                    break;
                }

                _ready.Dequeue();
                if (Drop(lane))
                {
                    batch.Add(lane, size.Most);
                }
            }

            if (batch.Items.Count > 0)
            {
                _running.Add(batch);

                // The caller may be the thread that reads from Kafka: it must not run handlers.
                _ = Task.Run(() => RunAsync(batch));
            }
        }
    }

    /// <summary>How many batches may be started. What runs for long doesn't count among few, or some that hang would hold up everything. Holds the lock.</summary>
    private int Free()
    {
        var free = concurrency - _running.Count;
        if (!size.IsQuick || free == 0)
        {
            return free;
        }

        var slow = size.Slow;
        var few = (_ready.Count > size.Shared ? Few : 1) - _running.Count(batch => time.GetElapsedTime(batch.Started) < slow);
        if (few <= 0 && _ready.Count > 0 && !_looksAgain)
        {
            _looksAgain = true;
            _ = LookAgainAsync(slow);
        }

        return Math.Min(free, few);
    }

    private async Task LookAgainAsync(TimeSpan after)
    {
        await Task.Delay(after, time);
        lock (_lock)
        {
            _looksAgain = false;
            StartBatches();
        }
    }

    private async Task RunAsync(LaneBatch<TItem> batch)
    {
        try
        {
            await attempt(batch.Items);
            lock (_lock)
            {
                _running.Remove(batch);
                foreach (var (lane, count) in batch.Parts)
                {
                    Return(lane, count);
                }

                StartBatches();
            }
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _idle.TrySetException(exception);
            }
        }
    }

    // Holds the lock.
    private void Return(Lane<TItem> lane, int count)
    {
        var done = lane.RemoveFinished(count);
        CountActive(-done);
        lane.TakeFirst();
        if (done < count && lane.TryPeek(out var first) && first.Again is { } delay && delay > TimeSpan.Zero)
        {
            CountActive(-lane.Count);
            _ = WaitAsync(lane, lane.BeginWait(), delay, first.Dropped);
        }
        else if (Drop(lane))
        {
            _ready.Enqueue(lane);
        }
    }

    private async Task WaitAsync(Lane<TItem> lane, Task woken, TimeSpan delay, CancellationToken dropped)
    {
        await Task.WhenAny(Task.Delay(delay, time, dropped), woken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            lane.EndWait();
            lane.TakeFirst();
            CountActive(lane.Count);
            if (Drop(lane))
            {
                _ready.Enqueue(lane);
            }

            StartBatches();
        }
    }

    /// <summary>Removes what need not be handled any more, and the lane when nothing is left. Holds the lock.</summary>
    private bool Drop(Lane<TItem> lane)
    {
        while (lane.TryPeek(out var first))
        {
            if (!first.Dropped.IsCancellationRequested)
            {
                return true;
            }

            lane.Remove();
            CountActive(-1);
        }

        _lanes.Remove(lane.Key);
        if (_lanes.Count == 0)
        {
            _idle.TrySetResult();
        }

        return false;
    }

    // Holds the lock.
    private void CountActive(int more)
    {
        _active += more;
        if (_active >= Enough)
        {
            _room.Reset();
        }
        else if (_active <= Enough / 2)
        {
            _room.Set();
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
