using EventDriven.Messaging.Events;
using EventDriven.Messaging.Idempotency;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Consumer;

/// <summary>
/// One event, one transaction: inbox row, effect, announced events and, where the group keeps them itself, the offset are committed together
/// (laws L6 and L11).
/// </summary>
/// <param name="scopes">Makes a scope for each event.</param>
/// <param name="time">Dates the inbox row.</param>
/// <param name="cluster">Id of the Kafka cluster when the group keeps its offsets in its database; else null.</param>
internal sealed class EventTransaction<TContext>(IServiceScopeFactory scopes, TimeProvider time, string? cluster)
    where TContext : DbContext
{
    /// <summary>Applies the event; false when it was applied before.</summary>
    public async Task<bool> ApplyAsync(
        EventBinding binding, EventEnvelope envelope, Delivery delivery, byte[] data, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();

        // The event is the unit that is rolled back; savepoints within it would only be round trips.
        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (cluster is not null && !await ConsumerOffsets.TryAdvanceAsync(database, cluster, delivery, cancellationToken))
        {
            return false;
        }

        var committed = new List<Action>();
        var isNew = await Inbox.TryInsertAsync(database, delivery.Group, envelope.Id, time.GetUtcNow(), cancellationToken);
        if (isNew)
        {
            await binding.Apply(scope.ServiceProvider, envelope, data, delivery, committed, cancellationToken);
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        committed.ForEach(action => action());
        return isNew;
    }
}
