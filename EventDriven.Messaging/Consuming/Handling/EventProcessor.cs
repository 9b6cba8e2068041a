using System.Diagnostics;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Scheduling;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Makes one attempt at events that wait, together, and says of each what follows: it is done, or when to try again. When an attempt at several
/// fails, each is tried alone; an event that fails alone is tried again in its own lane, as its handler's <see cref="RetryPolicy"/> says, and then
/// becomes a dead letter that parks its key: nothing is passed over silently, and nothing overtakes it. What is mere hearsay is dropped instead.
/// </summary>
internal sealed partial class EventProcessor<TContext>(
    ConsumerGroup group,
    string marks,
    EventTransaction<TContext> transaction,
    IEventLeases leases,
    AlteredEvents altered,
    Redrive<TContext> redrive,
    Parking<TContext> parking,
    BatchSize size,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger logger)
    where TContext : DbContext
{
    private readonly EventReader _reader = new(group, metrics, logger);
    private readonly Hearsay _hearsay = new(group, metrics, time, logger);
    private readonly RetryPolicy _policy = options.Value.Retry;

    /// <summary>Makes an attempt; <see cref="PendingEvent.Again"/> then says what follows.</summary>
    public async Task AttemptAsync(IReadOnlyList<PendingEvent> items)
    {
        using var batch = new BatchAttempt(items, options.Value);
        if (batch.Items is [{ LooksAtDeadLetters: true } look])
        {
            await redrive.RunAsync(look);
            return;
        }

        try
        {
            await AttemptAsync(batch);
        }
        finally
        {
            parking.End(batch);
        }
    }

    private async Task AttemptAsync(BatchAttempt batch)
    {
        Read(batch);

        // Where the offset stands in the database, it decides alone: a mark in Redis would outlive a database that was set back.
        if (!group.OffsetsInDatabase && batch.Events.Exists(e => e.Item.MayBeKnown))
        {
            await AcquireAsync(batch);
        }

        if (batch.Count > 0)
        {
            await ApplyAsync(batch);
        }
    }

    private void Read(BatchAttempt batch)
    {
        // What stands behind an unfinished event in its lane stays unfinished (law L5).
        string? stopped = null;
        foreach (var item in batch.Items)
        {
            if (item.Lane == stopped)
            {
                continue;
            }

            if (item.Progress.Parked.Contains(item.Key) && !_hearsay.Includes(item.Record.Topic))
            {
                batch.Letters.Add(new DeadLetterEntry(item, DeadLetterReason.Behind));
                continue;
            }

            try
            {
                if (_reader.Read(item) is not { } attempt)
                {
                    Pass(batch, new PassedRecord(item));
                }
                else if (!batch.TryAdd(attempt))
                {
                    stopped = item.Lane;
                }
            }
            catch (UnreadableEventException exception) when (_hearsay.Includes(item.Record.Topic))
            {
                Pass(batch, new PassedRecord(item, exception));
            }
            catch (UnreadableEventException exception)
            {
                Log.Unreadable(logger, item.Record.Topic, item.Record.Partition.Value, item.Record.Offset.Value, StoredError.Of(exception));
                metrics.Consumed(group.Name, item.Record.Topic, "unreadable", Outcome.Unreadable, TimeSpan.Zero, TimeSpan.Zero);
                parking.TakePoison(batch, item, exception);
                stopped = item.Lane;
            }
        }
    }

    private void Pass(BatchAttempt batch, PassedRecord passed)
    {
        if (group.OffsetsInDatabase)
        {
            batch.Passed.Add(passed);
        }
        else
        {
            PassedOver(passed);
        }
    }

    private void PassedOver(PassedRecord passed)
    {
        BatchAttempt.Finish(passed.Item);
        if (passed.Dropped is { } cause)
        {
            _hearsay.Dropped(passed.Item, cause);
        }

        metrics.Consumed(
            group.Name,
            passed.Item.Record.Topic,
            passed.Dropped is null ? "unbound" : "dropped",
            passed.Dropped is null ? Outcome.Ignored : Outcome.Dropped,
            TimeSpan.Zero,
            TimeSpan.Zero);
    }

    private async Task DropAsync(PassedRecord dropped)
    {
        try
        {
            if (group.OffsetsInDatabase)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(dropped.Item.Progress.Aborted);
                timeout.CancelAfter(options.Value.Consumer.HandlerTimeout);
                await transaction.ApplyAsync([], [], [dropped.Item], timeout.Token);
            }

            PassedOver(dropped);
        }
        catch (OperationCanceledException) when (dropped.Item.Progress.Aborted.IsCancellationRequested)
        {
            BatchAttempt.Hold(dropped.Item);
        }
        catch (Exception exception)
        {
            // Only the database can be at fault.
            Log.DatabaseAway(logger, exception, group.Name);
            BatchAttempt.Hold(dropped.Item);
        }
    }

    private async Task AcquireAsync(BatchAttempt batch)
    {
        var events = batch.Events.ToArray();
        var answers = await leases.AcquireAsync(marks, batch.Marks(mayBeKnown: true));
        if (answers[0].State == LeaseState.Unknown)
        {
            metrics.RedisBypassed(group.Name);
        }

        var release = new List<EventFingerprint>();
        string? stopped = null;
        batch.Events.Clear();
        var next = 0;
        foreach (var attempt in events)
        {
            var answer = attempt.Item.MayBeKnown ? answers[next++] : Lease.Unknown;
            batch.Lease = answer.State == LeaseState.Acquired ? answer : batch.Lease;
            if (attempt.Item.Lane == stopped)
            {
                if (answer.State == LeaseState.Acquired)
                {
                    release.Add(attempt.Mark);
                }
            }
            else if (answer.State is LeaseState.Done or LeaseState.DoneAltered)
            {
                if (answer.State == LeaseState.DoneAltered)
                {
                    altered.Tell(attempt);
                }

                Finish(attempt, Outcome.Duplicate, TimeSpan.Zero);
            }
            else if (answer.State == LeaseState.HeldByAnother)
            {
                BatchAttempt.Hold(attempt.Item);
                stopped = attempt.Item.Lane;

                // It would park the key before this event of it.
                batch.Letters.RemoveAll(letter => letter.Item.Lane == stopped);
            }
            else
            {
                batch.Events.Add(attempt);
            }
        }

        if (release.Count > 0)
        {
            await leases.ReleaseAsync(marks, release, batch.Lease);
        }
    }

    private async Task ApplyAsync(BatchAttempt batch)
    {
        var started = time.GetTimestamp();
        var leased = batch.Marks(mayBeKnown: true);
        batch.Events.ForEach(e => e.Activity = MessagingActivity.StartProcess(e.Delivery, e.Envelope, batch.Events.Count));

        // What the transaction itself asks the database belongs to the event when there is one, and to none of several.
        Activity.Current = batch.Events is [var only] ? only.Activity : null;
        using var bound = batch.Bound();
        try
        {
            if (await transaction.ApplyAsync(batch.Events, batch.Letters, batch.Passed.ConvertAll(p => p.Item), bound.Token) is not { } applied)
            {
                await leases.ReleaseAsync(marks, leased, batch.Lease);
                batch.Split();
                return;
            }

            await leases.CompleteAsync(marks, leased, batch.Lease);
            if (!group.OffsetsInDatabase)
            {
                await leases.MarkAsync(marks, batch.Marks(mayBeKnown: false));
            }

            var fresh = applied.Fresh.ToHashSet();
            var took = time.GetElapsedTime(started);
            if (batch.Events.Count > 0)
            {
                size.Note(applied, took);
            }

            // What had been applied before says nothing about the handlers as they are now.
            parking.Handled(applied.Fresh);
            batch.Events.ForEach(e => Finish(e, fresh.Contains(e) ? Outcome.Handled : Outcome.Duplicate, took));
            batch.Letters.ForEach(letter => parking.Stored(batch, letter, applied));
            batch.Passed.ForEach(PassedOver);
        }
        catch (OperationCanceledException) when (batch.IsAborted)
        {
            await leases.ReleaseAsync(marks, leased, batch.Lease);
            batch.Split();
        }
        catch (Exception exception)
        {
            await leases.ReleaseAsync(marks, leased, batch.Lease);
            await FailAsync(batch, exception, time.GetElapsedTime(started));
        }
        finally
        {
            batch.Events.ForEach(e => e.Activity?.Dispose());
        }
    }

    private void Finish(EventAttempt attempt, Outcome outcome, TimeSpan took)
    {
        BatchAttempt.Finish(attempt.Item);
        attempt.Activity?.SetTag("event.outcome", outcome.Name());
        metrics.Consumed(group.Name, attempt.Delivery.Topic, attempt.Envelope.Type, outcome, took, time.GetUtcNow() - attempt.Envelope.Time);
        receipts?.Add(attempt, outcome == Outcome.Handled ? ReceiptOutcome.Handled : ReceiptOutcome.Duplicate, took);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            using var entered = attempt.Enter();
            Log.Applied(
                logger, attempt.Envelope.Type, attempt.Id, attempt.Delivery.Topic, attempt.Delivery.Partition, attempt.Delivery.Offset, outcome);
        }
    }

    private async Task FailAsync(BatchAttempt batch, Exception exception, TimeSpan took)
    {
        batch.Events.ForEach(e => e.Activity.Failed(exception));
        if (batch.Count > 1)
        {
            Log.Split(logger, batch.Count, group.Name, StoredError.Of(exception));
            batch.Split();
            return;
        }

        if (batch.Passed is [var passed])
        {
            // Only the database can be at fault.
            Log.DatabaseAway(logger, exception, group.Name);
            BatchAttempt.Hold(passed.Item);
            return;
        }

        if (batch.Letters is [var letter])
        {
            parking.NotStored(letter.Item, exception);
            return;
        }

        var attempt = batch.Events[0];
        using var entered = attempt.Enter();
        if (DatabaseOutage.Is(exception))
        {
            Log.DatabaseAway(logger, exception, group.Name);
            attempt.Item.Alone = true;
            BatchAttempt.Hold(attempt.Item);
            return;
        }

        var policy = attempt.Binding.Retry ?? _policy;
        BatchAttempt.Fail(attempt.Item, policy, time.GetUtcNow());
        var isHearsay = _hearsay.Includes(attempt.Delivery.Topic);
        if (!isHearsay)
        {
            Log.Failed(
                logger,
                attempt.Envelope.Type,
                attempt.Id,
                attempt.Delivery.Topic,
                attempt.Delivery.Partition,
                attempt.Delivery.Offset,
                attempt.Delivery.Attempt,
                StoredError.Of(exception));
        }

        attempt.Activity?.SetTag("event.outcome", Outcome.Failed.Name());
        metrics.Consumed(group.Name, attempt.Delivery.Topic, attempt.Envelope.Type, Outcome.Failed, took, TimeSpan.Zero);
        receipts?.Add(attempt, ReceiptOutcome.Failed, took);
        var reason = StoredNames.ReasonOf(exception);
        if (reason == DeadLetterReason.Failed && !PermanentDatabaseError.Is(exception) && !policy.IsPermanent(exception) && attempt.Item.Failures < policy.Attempts)
        {
            return;
        }

        if (isHearsay)
        {
            await DropAsync(new PassedRecord(attempt.Item, exception));
        }
        else
        {
            await parking.ParkAsync(batch, new DeadLetterEntry(attempt.Item, reason, exception));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "{Type} {EventId} at {Topic}[{Partition}]@{Offset} failed in attempt {Attempt}; its key waits, other keys go on. {Error}")]
        public static partial void Failed(
            ILogger logger, string type, string eventId, string topic, int partition, long offset, int attempt, StoredError error);

        // For following one event; a line each is too much for every day.
        [LoggerMessage(302, LogLevel.Debug, "{Type} {EventId} at {Topic}[{Partition}]@{Offset}: {Outcome}")]
        public static partial void Applied(ILogger logger, string type, string eventId, string topic, int partition, long offset, Outcome outcome);

        [LoggerMessage(301, LogLevel.Error, "The record at {Topic}[{Partition}]@{Offset} can't be read. {Error}")]
        public static partial void Unreadable(ILogger logger, string topic, int partition, long offset, StoredError error);

        [LoggerMessage(306, LogLevel.Warning, "The database of group {Group} does not answer; its events wait, and no attempt is counted.")]
        public static partial void DatabaseAway(ILogger logger, Exception exception, string group);

        [LoggerMessage(303, LogLevel.Information, "{Events} events of group {Group} failed together; each is tried alone. {Error}")]
        public static partial void Split(ILogger logger, int events, string group, StoredError error);
    }
}
