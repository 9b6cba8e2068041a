namespace Notifications.Worker.Sending;

/// <summary>Wakes this process's sender after a commit. Several commits are merged into one wake-up.</summary>
internal sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim _committed = new(0, 1);
    private int _isSet;

    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _committed.Release();
        }
    }

    /// <summary>Waits for a commit, at most for <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (await _committed.WaitAsync(atMost, cancellationToken))
        {
            // The next query sees what is committed from here on, or a new signal wakes the sender again.
            Interlocked.Exchange(ref _isSet, 0);
        }
    }

    public void Dispose() => _committed.Dispose();
}
