namespace EventDriven.Messaging.Consumer;

/// <summary>
/// One key at a time, many keys at once (law L5). A lane exists while it has items; a bounded number of items is handled at the same
/// time, and a lane that waits for its next attempt holds up no other.
/// </summary>
/// <typeparam name="TItem">What is handled.</typeparam>
/// <param name="concurrency">Items handled at the same time.</param>
/// <param name="attempt">
/// Handles an item, given the number of the attempt (from 1). Returns null when the item is finished, else the time until the next attempt.
/// </param>
/// <param name="time">Measures the waits.</param>
internal sealed class Lanes<TItem>(int concurrency, Func<TItem, int, Task<TimeSpan?>> attempt, TimeProvider time) : IDisposable
    where TItem : ILaneItem
{
    private readonly Dictionary<string, Queue<TItem>> _lanes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(concurrency);
    private TaskCompletionSource _idle = CompletedSource();

    /// <summary>Completes when no lane has an item. Faults when handling an item threw, which is a defect of the caller.</summary>
    public Task WhenIdle
    {
        get
        {
            lock (_lanes)
            {
                return _idle.Task;
            }
        }
    }

    /// <summary>Puts an item behind those of its lane.</summary>
    public void Post(TItem item)
    {
        lock (_lanes)
        {
            if (_lanes.TryGetValue(item.Lane, out var waiting))
            {
                waiting.Enqueue(item);
                return;
            }

            if (_lanes.Count == 0 && _idle.Task.IsCompletedSuccessfully)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _lanes.Add(item.Lane, new Queue<TItem>());
        }

        _ = RunLaneAsync(item);
    }

    /// <summary>Call it when <see cref="WhenIdle"/> has completed.</summary>
    public void Dispose() => _slots.Dispose();

    private async Task RunLaneAsync(TItem first)
    {
        // The caller is the thread that reads from Kafka: it must not run handlers.
        await Task.Yield();
        try
        {
            var lane = first.Lane;
            for (TItem? item = first; item is not null; item = Next(lane))
            {
                await FinishAsync(item);
            }
        }
        catch (Exception exception)
        {
            lock (_lanes)
            {
                _idle.TrySetException(exception);
            }
        }
    }

    private async Task FinishAsync(TItem item)
    {
        for (var number = 1; !item.Dropped.IsCancellationRequested; number++)
        {
            TimeSpan? again;
            try
            {
                await _slots.WaitAsync(item.Dropped);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                again = await attempt(item, number);
            }
            finally
            {
                _slots.Release();
            }

            if (again is not { } delay)
            {
                return;
            }

            await Task.Delay(delay, time, item.Dropped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        }
    }

    private TItem? Next(string lane)
    {
        lock (_lanes)
        {
            if (_lanes[lane].TryDequeue(out var next))
            {
                return next;
            }

            _lanes.Remove(lane);
            if (_lanes.Count == 0)
            {
                _idle.TrySetResult();
            }

            return default;
        }
    }

    private static TaskCompletionSource CompletedSource()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
