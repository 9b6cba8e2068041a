namespace Notifications.Worker.Sending;

/// <summary>Wakes the sender of this process when messages were committed; many commits make one wake-up.</summary>
internal sealed class MailSignal : IDisposable
{
    private readonly SemaphoreSlim _committed = new(0, 1);

    public void Set()
    {
        try
        {
            _committed.Release();
        }
        catch (SemaphoreFullException)
        {
            // A wake-up is pending already.
        }
    }

    /// <summary>Waits for a commit, at most for <paramref name="atMost"/>.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _committed.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _committed.Dispose();
}
