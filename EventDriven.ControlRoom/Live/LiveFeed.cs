using System.Runtime.CompilerServices;

namespace EventDriven.ControlRoom.Live;

/// <summary>
/// Passes the newest of something on to everybody who watches. Who is slow misses what came between, and nothing waits for it.
/// </summary>
internal sealed class LiveFeed<T>(IHostApplicationLifetime host) : IDisposable
    where T : class
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _watched = new(0, 1);
    private TaskCompletionSource<T> _next = New();
    private int _watchers;

    /// <summary>The newest; null before the first.</summary>
    public T? Latest { get; private set; }

    /// <summary>Whether somebody watches.</summary>
    public bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Returns after a time, or as soon as somebody begins to watch whom nobody did before.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        _watched.WaitAsync(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, cancellationToken);

    public void Dispose() => _watched.Dispose();

    public void Publish(T value)
    {
        TaskCompletionSource<T> waiting;
        lock (_lock)
        {
            Latest = value;
            (waiting, _next) = (_next, New());
        }

        waiting.SetResult(value);
    }

    /// <summary>The newest at once, then each new one, until the caller or the program stops.</summary>
    public async IAsyncEnumerable<T> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        if (Interlocked.Increment(ref _watchers) == 1)
        {
            Wake();
        }

        try
        {
            T? seen = null;
            while (!bounded.IsCancellationRequested)
            {
                var (latest, next) = State();
                if (latest is null || latest == seen)
                {
                    await next.WaitAsync(bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                seen = latest;
                yield return latest;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_watched.CurrentCount == 0)
            {
                _watched.Release();
            }
        }
    }

    private static TaskCompletionSource<T> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private (T? Latest, Task Next) State()
    {
        lock (_lock)
        {
            return (Latest, _next.Task);
        }
    }
}
