using System.Runtime.CompilerServices;
using EventDriven.Messaging.Storage.Outbox;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Wakes this process's relay. Wake-ups that come while it works are merged into one.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ConditionalWeakTable<DbContext, object> _announcing = [];
    private int _isAwake;
    private int _committedHere;
    private int _committed = 1;

    /// <summary>Called when this context has saved changes; remembers whether they include events.</summary>
    public void SavedBy(DbContext context)
    {
        if (context.ChangeTracker.Entries<OutboxMessage>().Any())
        {
            _announcing.AddOrUpdate(context, this);
        }
    }

    /// <summary>Called when this context's changes are committed; wakes the relay if they include events.</summary>
    public void CommittedBy(DbContext? context)
    {
        if (context is not null && _announcing.Remove(context))
        {
            CommittedHere();
        }
    }

    /// <summary>Called when this process has committed an event.</summary>
    public void CommittedHere()
    {
        Volatile.Write(ref _committedHere, 1);
        Wake();
    }

    /// <summary>Called when there may be new rows: another process has committed events in buckets that it doesn't own.</summary>
    public void Wake()
    {
        Volatile.Write(ref _committed, 1);
        Answered();
    }

    /// <summary>Called when the broker has answered.</summary>
    public void Answered()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>Waits for a wake-up, at most for <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (await _wake.WaitAsync(atMost, cancellationToken))
        {
            // A call from here on is noticed by the relay's next step, or wakes it again.
            Interlocked.Exchange(ref _isAwake, 0);
        }
    }

    /// <summary>Whether there may be new rows since the last call.</summary>
    public bool TakeCommitted() => Interlocked.Exchange(ref _committed, 0) == 1;

    /// <summary>Whether this process committed since the last call.</summary>
    public bool TakeCommittedHere() => Interlocked.Exchange(ref _committedHere, 0) == 1;

    public void Dispose() => _wake.Dispose();
}
