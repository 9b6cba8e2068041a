using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>
/// One key at a time, many keys at once (law L5). A lane exists while it has items. Items that wait are handled in batches, within a lane
/// in their order; a bounded number of batches is handled at the same time, and a lane that waits for its next attempt holds up no other.
/// </summary>
/// <typeparam name="TItem">What is handled.</typeparam>
/// <param name="concurrency">Batches handled at the same time.</param>
/// <param name="pacer">How many items make a batch.</param>
/// <param name="attempt">
/// Handles a batch and returns what came of each of its items, in their order; what comes after an unfinished
/// item of its lane must be unfinished too.
/// </param>
/// <param name="time">Measures the waits.</param>
[SuppressMessage(
    "Design", "CA1001", Justification = "A lane may still end after the lanes are done with; the event has no wait handle to release.")]
internal sealed class Lanes<TItem>(
    int concurrency, BatchPacer pacer, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<AttemptResult>>> attempt, TimeProvider time)
    where TItem : ILaneItem
{
    /// <summary>Items that keep everything busy; more would only take memory.</summary>
    private const int MaxActive = 2_000;

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
    /// Blocks while enough items are handled or could be, at most for <paramref name="atMost"/>; false when they still are. Items of lanes
    /// that wait for their next attempt don't count: they would block for long.
    /// </summary>
    public bool WaitForRoom(TimeSpan atMost) => _room.Wait(atMost);

    /// <summary>Puts an item behind those of its lane.</summary>
    public void Post(TItem item) => Post(item, isFirst: false);

    /// <summary>Puts an item before those of its lane that wait, and doesn't let it wait for their next attempt.</summary>
    public void PostFirst(TItem item) => Post(item, isFirst: true);

    /// <summary>Ends the waits of events that could not become dead letters: they are tried at once.</summary>
    public void WakeForPlace()
    {
        lock (_lock)
        {
            foreach (var lane in _lanes.Values)
            {
                lane.WakeForPlace();
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
        var plan = pacer.Plan;
        for (var free = FreeBatches(plan); free > 0 && _ready.Count > 0 && !_idle.Task.IsFaulted; free--)
        {
            var batch = new LaneBatch<TItem>(time.GetTimestamp());
            var maxLanes = BatchPlan.LanesPerBatch(_ready.Count, free);
            while (_ready.TryPeek(out var lane))
            {
                lane.TakeFirst();
                if (!batch.HasRoomFor(lane, maxLanes, plan))
                {
                    break;
                }

                _ready.Dequeue();
                if (Drop(lane))
                {
                    batch.Add(lane, plan.MaxEvents);
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

    /// <summary>
    /// How many batches may be started. Batches that run for long don't count among few, or some that hang
    /// would hold up everything. Holds the lock.
    /// </summary>
    private int FreeBatches(BatchPlan plan)
    {
        var slow = plan.IsQuick ? _running.Count(batch => time.GetElapsedTime(batch.Started) >= plan.SlowAfter) : 0;
        var free = plan.FreeBatches(concurrency, _ready.Count, _running.Count, slow);
        if (plan.IsQuick && free <= 0 && _running.Count < concurrency && _ready.Count > 0 && !_looksAgain)
        {
            _looksAgain = true;
            _ = LookAgainAsync(plan.SlowAfter);
        }

        return free;
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
            var results = await attempt(batch.Items);
            lock (_lock)
            {
                _running.Remove(batch);
                var first = 0;
                foreach (var (lane, count) in batch.Parts)
                {
                    Return(lane, batch.Items, results, first, count);
                    first += count;
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
    private void Return(Lane<TItem> lane, IReadOnlyList<TItem> items, IReadOnlyList<AttemptResult> results, int first, int count)
    {
        var done = 0;
        for (; done < count && results[first + done].IsFinished; done++)
        {
            lane.Remove();
        }

        for (var i = done; i < count; i++)
        {
            items[first + i].IsAlone |= results[first + i].IsAlone;
        }

        CountActive(-done);
        var unfinished = done < count ? results[first + done] : default;
        var hasFirst = lane.TakeFirst();
        if (!hasFirst && unfinished.RetryAfter > TimeSpan.Zero)
        {
            CountActive(-lane.Count);
            _ = WaitAsync(lane, lane.BeginWait(unfinished.WaitsForPlace), unfinished.RetryAfter, items[first + done].Dropped);
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
        if (_active >= MaxActive)
        {
            _room.Reset();
        }
        else if (_active <= MaxActive / 2)
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
