using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Messaging.Outbox;

/// <summary>Sees the saves that EF Core makes without a transaction of its own, because they are a single statement.</summary>
internal sealed class OutboxSaveInterceptor(OutboxSignal signal) : SaveChangesInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Signal(eventData);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Signal(eventData);
        return ValueTask.FromResult(result);
    }

    private void Signal(SaveChangesCompletedEventData eventData)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
        {
            signal.CommittedBy(eventData.Context);
        }
    }
}
