using System.Collections.Frozen;
using System.Diagnostics;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Storage.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Some events, one transaction: inbox rows, effects, announced events and, where the group keeps them itself, the offsets are committed
/// together (laws L6 and L11).
/// </summary>
/// <param name="identity">The group.</param>
/// <param name="maxParkedKeys">See <see cref="DeadLetterOptions.MaxParkedKeys"/>.</param>
/// <param name="scopes">Makes a scope for each transaction.</param>
/// <param name="databaseTime">Says how long handlers used the database.</param>
/// <param name="time">Dates the inbox rows.</param>
/// <param name="altered">Is told of events that repeat the identity of another; null when nobody needs to know.</param>
internal sealed class EventTransaction<TContext>(
    ConsumerIdentity identity,
    int maxParkedKeys,
    IServiceScopeFactory scopes,
    DatabaseTime databaseTime,
    TimeProvider time,
    AlteredEvents? altered = null)
    : IEventTransaction
    where TContext : DbContext
{
    // Whether events may come that were applied before, as they do at first, after a rebalance and in a replay: until a batch brings none.
    private volatile bool _mayBeKnown = true;

    /// <inheritdoc/>
    public async Task<AppliedEvents?> ApplyAsync(
        IReadOnlyList<EventAttempt> events,
        IReadOnlyList<DeadLetterEntry> deadLetters,
        IReadOnlyList<SourceRecord> passed,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ApplyAsync(events, deadLetters, passed, _mayBeKnown, cancellationToken);
        }
        catch (PostgresException exception) when (InboxTable.IsKnown(exception))
        {
            // No handler has been called yet.
            _mayBeKnown = true;
            return await ApplyAsync(events, deadLetters, passed, mayBeKnown: true, cancellationToken);
        }
    }

    /// <summary>Applies a dead letter; false when an operator has resolved it meanwhile, and nothing was applied.</summary>
    public async Task<bool> RedriveAsync(EventAttempt attempt, long deadLetter, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = Database(scope);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await DeadLetterTable.TryResolveAsync(database, deadLetter, identity.Group, time.GetUtcNow(), cancellationToken))
        {
            return false;
        }

        var (fresh, repeated) = await InsertAsync(database, [attempt], mayBeKnown: true, cancellationToken);
        foreach (var run in EventRuns.Of(fresh))
        {
            await ApplyAsync(scope.ServiceProvider, database, run, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Committed(fresh, repeated);
        return true;
    }

    /// <summary>Applies the events and takes everything back, as if it had never happened.</summary>
    /// <param name="events">In the order of their keys; each identity once.</param>
    /// <param name="known">Whether events that the inbox knows are left out.</param>
    /// <param name="begun">Is given the transaction before anything of the events is done.</param>
    /// <param name="applied">Is given the transaction with all that the events did, and those that were applied.</param>
    /// <param name="cancellationToken">The time of the attempt is over.</param>
    public async Task RehearseAsync(
        IReadOnlyList<EventAttempt> events,
        bool known,
        Func<TContext, Task> begun,
        Func<TContext, IReadOnlyList<EventAttempt>, Task> applied,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = Database(scope);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await begun(database);
        var fresh = known ? (await InsertAsync(database, events, mayBeKnown: true, cancellationToken)).Fresh : events;
        foreach (var run in EventRuns.Of(fresh))
        {
            await ApplyAsync(scope.ServiceProvider, database, run, cancellationToken);
        }

        await applied(database, fresh);
        await transaction.RollbackAsync(CancellationToken.None);
    }

    private async Task<AppliedEvents?> ApplyAsync(
        IReadOnlyList<EventAttempt> events,
        IReadOnlyList<DeadLetterEntry> deadLetters,
        IReadOnlyList<SourceRecord> passed,
        bool mayBeKnown,
        CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var database = Database(scope);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (identity.KeepsOffsets && !await TryAdvanceAsync(database, events, deadLetters, passed, cancellationToken))
        {
            return events.Count + deadLetters.Count + passed.Count == 1 ? new AppliedEvents { IsBehindOthers = true } : null;
        }

        var (fresh, repeated) = await InsertAsync(database, events, mayBeKnown, cancellationToken);
        var transactionTook = time.GetElapsedTime(begun);
        var singles = HandlerTimes.None;
        foreach (var run in EventRuns.Of(fresh))
        {
            singles += await ApplyAsync(scope.ServiceProvider, database, run, cancellationToken);
        }

        var committing = time.GetTimestamp();
        var discarded = deadLetters.Count > 0
            ? await StoreAsync(database, deadLetters, cancellationToken)
            : FrozenSet<DeadLetterEntry>.Empty;
        await transaction.CommitAsync(cancellationToken);
        transactionTook += time.GetElapsedTime(committing);
        Committed(fresh, repeated);
        if (mayBeKnown && events.Count > 0 && fresh.Count == events.Count)
        {
            _mayBeKnown = false;
        }

        return new AppliedEvents { Fresh = fresh, Singles = singles, TransactionTook = transactionTook, Discarded = discarded };
    }

    private static TContext Database(AsyncServiceScope scope)
    {
        var database = scope.ServiceProvider.GetRequiredService<TContext>();

        // The transaction is what is rolled back; savepoints within it would only be round trips.
        database.Database.AutoSavepointsEnabled = false;
        return database;
    }

    /// <summary>Which events were not applied before, and which of the others say something else than what was applied.</summary>
    private async Task<(IReadOnlyList<EventAttempt> Fresh, IReadOnlyList<EventAttempt> Altered)> InsertAsync(
        TContext database, IReadOnlyList<EventAttempt> events, bool mayBeKnown, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return ([], []);
        }

        var answer = await InboxTable.InsertAsync(
            database, identity, [.. events.Select(e => e.Fingerprint)], time.GetUtcNow(), mayBeKnown, cancellationToken);
        return answer.Known.Count == 0
            ? (events, [])
            : ([.. events.Where(e => !answer.Known.Contains(e.Fingerprint.Identity))], [.. events.Where(e =>
                answer.Altered.Contains(e.Fingerprint.Identity))]);
    }

    private void Committed(IReadOnlyList<EventAttempt> fresh, IReadOnlyList<EventAttempt> repeated)
    {
        foreach (var attempt in fresh)
        {
            attempt.Committed();
        }

        foreach (var attempt in repeated)
        {
            altered?.Tell(attempt);
        }
    }

    private Task<bool> TryAdvanceAsync(
        TContext database,
        IReadOnlyList<EventAttempt> events,
        IReadOnlyList<DeadLetterEntry> deadLetters,
        IReadOnlyList<SourceRecord> passed,
        CancellationToken cancellationToken)
    {
        var deliveries = events.Select(e => e.Delivery)
            .Concat(deadLetters.Select(d => d.Record).Concat(passed).Select(record => record.Delivery(identity.Group, failures: 0)));
        return OffsetTable.TryAdvanceAsync(database, identity, [.. deliveries.OrderBy(d => d.Offset)], cancellationToken);
    }

    private async Task<IReadOnlySet<DeadLetterEntry>> StoreAsync(
        TContext database, IReadOnlyList<DeadLetterEntry> deadLetters, CancellationToken cancellationToken)
    {
        if (deadLetters.Any(d => d.CountsTowardsLimit))
        {
            var parked = await DeadLetterTable.CountFailedKeysAsync(database, identity.Group, identity.Cluster, cancellationToken);
            if (parked + deadLetters.Count(d => d.CountsTowardsLimit) > maxParkedKeys)
            {
                throw new ParkingLimitException($"Group '{identity.Group}' has parked {parked} keys, and may park {maxParkedKeys}.");
            }
        }

        var now = time.GetUtcNow();
        var rows = deadLetters.ToDictionary(deadLetter => deadLetter.Row(identity.Group, identity.Cluster, now));
        var discarded = await DeadLetterTable.InsertAsync(database, [.. rows.Keys], cancellationToken);
        return discarded.Select(row => rows[row]).ToHashSet();
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
