using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Outbox;

/// <summary>Wakes the relay of this process; many wake-ups while it works make one.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _committedHere;

    /// <summary>What this context saved was committed; wakes the relay when it announced something.</summary>
    public void CommittedBy(DbContext? context)
    {
        if (context?.ChangeTracker.Entries<OutboxMessage>().Any() == true)
        {
            CommittedHere();
        }
    }

    /// <summary>An announcement of this process was committed.</summary>
    public void CommittedHere()
    {
        Volatile.Write(ref _committedHere, 1);
        Wake();
    }

    /// <summary>Another process says that it committed events of buckets it doesn't own.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A wake-up is pending already.
        }
    }

    /// <summary>Waits for a wake-up, at most for <paramref name="atMost"/>; false when none came.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _wake.WaitAsync(atMost, cancellationToken);

    /// <summary>Whether this process committed since the last call.</summary>
    public bool TakeCommittedHere() => Interlocked.Exchange(ref _committedHere, 0) == 1;

    public void Dispose() => _wake.Dispose();
}
