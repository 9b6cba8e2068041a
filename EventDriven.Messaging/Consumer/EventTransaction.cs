using System.Diagnostics;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Idempotency;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Consumer;

/// <summary>
/// Some events, one transaction: inbox rows, effects, announced events and, where the group keeps them itself, the offsets are committed
/// together (laws L6 and L11).
/// </summary>
/// <param name="scopes">Makes a scope for each transaction.</param>
/// <param name="databaseTime">Says how long handlers used the database.</param>
/// <param name="time">Dates the inbox rows.</param>
/// <param name="cluster">Id of the Kafka cluster when the group keeps its offsets in its database; else null.</param>
internal sealed class EventTransaction<TContext>(IServiceScopeFactory scopes, DatabaseTime databaseTime, TimeProvider time, string? cluster)
    where TContext : DbContext
{
    /// <summary>
    /// Applies the events. Null when the group's offsets in the database are further than the first of several: they must be looked at one by one.
    /// </summary>
    /// <param name="events">In the order of their keys; each id once.</param>
    /// <param name="cancellationToken">The time of the attempt is over, or a partition is lost.</param>
    public async Task<AppliedEvents?> ApplyAsync(IReadOnlyList<EventAttempt> events, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();

        // The transaction is what is rolled back; savepoints within it would only be round trips.
        database.Database.AutoSavepointsEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (cluster is not null && !await ConsumerOffsets.TryAdvanceAsync(database, cluster, [.. events.Select(e => e.Delivery)], cancellationToken))
        {
            return events.Count == 1 ? AppliedEvents.None : null;
        }

        var fresh = await Inbox.InsertAsync(database, events, time.GetUtcNow(), cancellationToken);
        var transactionTook = time.GetElapsedTime(begun);
        var singles = HandlerTimes.None;
        foreach (var run in EventRuns.Of(fresh))
        {
            singles += await ApplyAsync(scope.ServiceProvider, database, run, cancellationToken);
        }

        var committing = time.GetTimestamp();
        await transaction.CommitAsync(cancellationToken);
        transactionTook += time.GetElapsedTime(committing);
        foreach (var applied in fresh)
        {
            applied.Committed();
        }

        return new AppliedEvents(fresh, singles, transactionTook);
    }

    private async Task<HandlerTimes> ApplyAsync(
        IServiceProvider services, TContext database, IReadOnlyList<EventAttempt> run, CancellationToken cancellationToken)
    {
        var binding = run[0].Binding;
        if (binding.TakesBatches)
        {
            // Which of the events something belongs to, the handler has to say.
            CorrelationContext.BeginBatch();
            Activity.Current = run.Count == 1 ? run[0].Activity : null;
            await binding.ApplyAsync(services, run, cancellationToken);
            await SaveAsync(database, cancellationToken);
            return HandlerTimes.None;
        }

        var started = time.GetTimestamp();
        var waited = TimeSpan.Zero;
        foreach (var single in run)
        {
            using var entered = single.Enter();
            var (handed, spent) = (time.GetTimestamp(), databaseTime.Of(database));
            await binding.ApplyAsync(services, [single], cancellationToken);
            waited += time.GetElapsedTime(handed) - (databaseTime.Of(database) - spent);
            await SaveAsync(database, cancellationToken);
        }

        return new HandlerTimes(run.Count, time.GetElapsedTime(started), waited);
    }

    private static async Task SaveAsync(TContext database, CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);

        // What the next event's handler reads must come from the database.
        database.ChangeTracker.Clear();
    }
}
