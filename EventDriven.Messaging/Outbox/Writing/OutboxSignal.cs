using System.Runtime.CompilerServices;
using EventDriven.Messaging.Storage.Outbox;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Wakes the relay of this process; many wake-ups while it works make one.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ConditionalWeakTable<DbContext, object> _announcing = [];
    private int _isAwake;
    private int _committedHere;
    private int _committed = 1;

    /// <summary>This context saved changes; remembers whether it announced something.</summary>
    public void SavedBy(DbContext context)
    {
        if (context.ChangeTracker.Entries<OutboxMessage>().Any())
        {
            _announcing.AddOrUpdate(context, this);
        }
    }

    /// <summary>What this context saved was committed; wakes the relay when it announced something.</summary>
    public void CommittedBy(DbContext? context)
    {
        if (context is not null && _announcing.Remove(context))
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

    /// <summary>There may be new rows; another process says so when it committed events of buckets that it doesn't own.</summary>
    public void Wake()
    {
        Volatile.Write(ref _committed, 1);
        Answered();
    }

    /// <summary>The broker has answered.</summary>
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
            // Whoever calls from here on is seen by what the relay does next, or wakes it again.
            Interlocked.Exchange(ref _isAwake, 0);
        }
    }

    /// <summary>Whether there may be new rows since the last call.</summary>
    public bool TakeCommitted() => Interlocked.Exchange(ref _committed, 0) == 1;

    /// <summary>Whether this process committed since the last call.</summary>
    public bool TakeCommittedHere() => Interlocked.Exchange(ref _committedHere, 0) == 1;

    public void Dispose() => _wake.Dispose();
}
