using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Notices saved events. It also covers a save of a single statement, for which EF Core opens no transaction.</summary>
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
        if (eventData.Context is not { } context)
        {
            return;
        }

        signal.SavedBy(context);
        if (context.Database.CurrentTransaction is null)
        {
            signal.CommittedBy(context);
        }
    }
}
