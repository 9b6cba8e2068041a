using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// The probe of a group whose partitions are one lane each: there a failing event holds up whatever could succeed. A few of the events
/// behind it are applied and taken back; one that succeeds tells that the failing event is at fault, not the deployment.
/// </summary>
internal sealed class LookAhead<TContext>(
    EventReader reader, EventTransaction<TContext> transaction, ConsumerOptions options)
    where TContext : DbContext
{
    /// <summary>Events that a probe tries, at most.</summary>
    private const int Handful = 5;

    /// <summary>Whether an event of another key that was read behind a failing one could be applied. Nothing is changed.</summary>
    public async Task<bool> FindsSuccessAsync(PendingEvent failing)
    {
        // The next probe begins where this one ends, with what succeeded; and after the last one anew.
        var progress = failing.Progress;
        var last = progress.LookedUpTo?.TryGetTarget(out var before) == true
            && before.Record.Offset > failing.Record.Offset
            && before.Ahead!.Next is not null
            ? before
            : failing;
        var succeeds = false;
        for (var tried = 0; !succeeds && tried < Handful && last.Ahead!.Next is { } next; last = succeeds ? last : next)
        {
            if (next.Record.Key != failing.Record.Key && !progress.Parked.Contains(next.Record.Key) && await ReadAsync(next) is { } attempt)
            {
                tried++;
                succeeds = await SucceedsAsync(attempt, progress);
            }
        }

        progress.LookedUpTo = new WeakReference<PendingEvent>(last);
        return succeeds;
    }

    private async Task<EventAttempt?> ReadAsync(PendingEvent item)
    {
        try
        {
            return await reader.ReadAsync(item.Record, item.Failures, item.Progress.Aborted);
        }
        catch (Exception exception) when (exception is UnreadableEventException or SubjectKeysUnavailableException)
        {
            return null;
        }
    }

    private async Task<bool> SucceedsAsync(EventAttempt attempt, PartitionProgress progress)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(progress.Aborted);
        bound.CancelAfter(options.HandlerTimeout);
        var succeeds = false;
        try
        {
            await transaction.RehearseAsync([attempt], known: true, _ => Task.CompletedTask, NoteAsync, bound.Token);
        }
        catch (Exception)
        {
            // It fails as well, for whatever reason. It is told when its turn comes.
        }

        return succeeds;

        Task NoteAsync(TContext database, IReadOnlyList<EventAttempt> applied)
        {
            succeeds = applied.Count > 0;
            return Task.CompletedTask;
        }
    }
}
