using System.Diagnostics;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Makes one attempt at events that wait, together, and returns what became of each. When an attempt at several fails, each is tried alone;
/// an event that fails alone is tried again in its own lane, as its handler's <see cref="RetryPolicy"/> says, and then becomes a dead
/// letter that parks its key: nothing is passed over silently, and nothing overtakes it. Hearsay is dropped instead.
/// </summary>
internal sealed partial class EventProcessor(
    ConsumerGroup group,
    string leasePrefix,
    IEventTransaction transaction,
    IEventLeases leases,
    AlteredEvents altered,
    Parking parking,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    TimeProvider time,
    MessagingOptions options,
    ILogger logger)
{
    private readonly EventReader _reader = new(group, metrics, logger);
    private readonly Hearsay _hearsay = new(group, metrics, time, logger);

    /// <summary>Makes an attempt.</summary>
    /// <param name="items">Pending events, lane by lane; one alone, or several that may be tried together.</param>
    public async Task<BatchReport> AttemptAsync(IReadOnlyList<ConsumerWork> items)
    {
        using var batch = new BatchAttempt(items, options.Consumer);
        Read(batch, _reader.NeedsKeys
            ? await _reader.KeysAsync(batch.Items.Select(item => item.Record), batch.Given)
            : SubjectKeyRing.None);

        // Where the offset stands in the database, it decides alone: a lease store would outlive a database that was set back.
        if (leases.AreKept && !group.OffsetsInDatabase && batch.AnyMayBeKnown())
        {
            await AcquireAsync(batch);
        }

        return new BatchReport(batch.Results, batch.Count > 0 ? await ApplyAsync(batch) : null);
    }

    private void Read(BatchAttempt batch, SubjectKeyRing keys)
    {
        // What comes after an unfinished event in its lane stays unfinished (law L5).
        string? stopped = null;
        for (var index = 0; index < batch.Items.Count; index++)
        {
            var item = batch.Items[index];
            if (item.Lane != stopped && batch.IsRunning(index) && !TryRead(batch, index, item, keys))
            {
                stopped = item.Lane;
            }
        }
    }

    /// <summary>False when nothing later of its lane may be done in this attempt.</summary>
    private bool TryRead(BatchAttempt batch, int index, PendingEvent item, SubjectKeyRing keys)
    {
        var record = item.Record;
        if (item.Progress.Parked.Blocks(record.Key, record.Offset) && !_hearsay.Includes(record.Topic))
        {
            batch.DeadLetters.Add(index, new DeadLetterEntry(record, DeadLetterReason.Behind));
            return true;
        }

        try
        {
            if (_reader.Read(record, item.Failures, keys) is { } attempt)
            {
                return batch.TryAdd(index, attempt);
            }

            Pass(batch, index, new PassedRecord(record));
            return true;
        }
        catch (SubjectKeysUnavailableException exception)
        {
            Log.KeysAway(logger, exception, group.Name, record.Topic, record.Partition, record.Offset);
            batch.Set(index, item.History.Waited(alone: true));
            return false;
        }
        catch (UnreadableEventException exception) when (_hearsay.Includes(record.Topic))
        {
            Pass(batch, index, new PassedRecord(record, exception));
            return true;
        }
        catch (UnreadableEventException exception)
        {
            // A second attempt can't read it either. It is its producer's fault, so no circuit breaker is asked:
            // however many they are, the group goes on.
            Log.Unreadable(logger, record.Topic, record.Partition, record.Offset, StoredError.Of(exception));
            metrics.Consumed(group.Name, record.Topic, "unreadable", Outcome.Unreadable, TimeSpan.Zero, TimeSpan.Zero);
            batch.DeadLetters.Add(
                index,
                new DeadLetterEntry(record, DeadLetterReason.Unreadable, exception) { Failures = 1, FirstFailedAt = time.GetUtcNow() });
            return false;
        }
    }

    private void Pass(BatchAttempt batch, int index, PassedRecord passed)
    {
        if (group.OffsetsInDatabase)
        {
            batch.Passed.Add(index, passed);
        }
        else
        {
            batch.Finish(index, PassedOver(passed));
        }
    }

    private AttemptOutcome PassedOver(PassedRecord passed)
    {
        var (topic, isDropped) = (passed.Record.Topic, passed.Dropped is not null);
        if (passed.Dropped is { } cause)
        {
            _hearsay.Dropped(passed.Record, cause);
        }

        metrics.Consumed(
            group.Name,
            topic,
            isDropped ? "dropped" : "unbound",
            isDropped ? Outcome.Dropped : Outcome.Ignored,
            TimeSpan.Zero,
            TimeSpan.Zero);
        return isDropped ? AttemptOutcome.Dropped : AttemptOutcome.Passed;
    }

    private async Task<AttemptResult> DropAsync(PendingEvent item, Exception cause)
    {
        try
        {
            if (group.OffsetsInDatabase)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(item.Progress.Aborted);
                timeout.CancelAfter(options.Consumer.HandlerTimeout);
                await transaction.ApplyAsync([], [], [item.Record], timeout.Token);
            }

            return AttemptResult.Finished(PassedOver(new PassedRecord(item.Record, cause)));
        }
        catch (OperationCanceledException) when (item.Progress.Aborted.IsCancellationRequested)
        {
            return item.History.Waited(alone: true);
        }
        catch (Exception exception)
        {
            // Only the database can be at fault.
            Log.DatabaseAway(logger, exception, group.Name);
            return item.History.Waited(alone: true);
        }
    }

    private async Task AcquireAsync(BatchAttempt batch)
    {
        var answers = await leases.AcquireAsync(leasePrefix, batch.Fingerprints(mayBeKnown: true));
        if (answers[0].State == LeaseState.Unknown)
        {
            metrics.RedisBypassed(group.Name);
        }

        var (release, apply) = (new List<EventFingerprint>(), new BatchPart<EventAttempt>(batch.Events.Count));
        string? stopped = null;
        var next = 0;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var (index, attempt) = (batch.Events.Indexes[i], batch.Events.Values[i]);
            var item = batch.Items[index];
            var answer = item.MayBeKnown ? answers[next++] : Lease.Unknown;
            batch.Lease = answer.State == LeaseState.Acquired ? answer : batch.Lease;
            if (item.Lane == stopped)
            {
                if (answer.State == LeaseState.Acquired)
                {
                    release.Add(attempt.Fingerprint);
                }
            }
            else if (answer.State is LeaseState.Done or LeaseState.DoneAltered)
            {
                if (answer.State == LeaseState.DoneAltered)
                {
                    altered.Tell(attempt);
                }

                Finish(batch, index, attempt, Outcome.Duplicate, TimeSpan.Zero);
            }
            else if (answer.State == LeaseState.HeldByAnother)
            {
                batch.Set(index, item.History.Waited(alone: false));
                stopped = item.Lane;

                // It would park the key before this event of it.
                batch.DeadLetters.RemoveAll(deadLetter => batch.Items[deadLetter].Lane == stopped);
            }
            else
            {
                apply.Add(index, attempt);
            }
        }

        batch.Replace(apply);
        if (release.Count > 0)
        {
            await leases.ReleaseAsync(leasePrefix, release, batch.Lease);
        }
    }

    private async Task<BatchTimes?> ApplyAsync(BatchAttempt batch)
    {
        var started = time.GetTimestamp();
        var (events, deadLetters) = (batch.Events, batch.DeadLetters);
        var leased = batch.Fingerprints(mayBeKnown: true);
        foreach (var attempt in events.Values)
        {
            attempt.Activity = MessagingActivity.StartProcess(attempt.Delivery, attempt.Envelope, events.Count);
        }

        // What the transaction itself asks the database belongs to the event when there is one, and to none of several.
        Activity.Current = events.Values is [var only] ? only.Activity : null;
        using var bound = batch.Bound();
        try
        {
            var passed = batch.Passed.Count == 0 ? [] : batch.Passed.Values.Select(p => p.Record).ToArray();
            if (await transaction.ApplyAsync(events.Values, deadLetters.Values, passed, bound.Token) is not { } applied)
            {
                await leases.ReleaseAsync(leasePrefix, leased, batch.Lease);
                batch.Split();
                return null;
            }

            await leases.CompleteAsync(leasePrefix, leased, batch.Lease);
            if (!group.OffsetsInDatabase)
            {
                await leases.MarkAsync(leasePrefix, batch.Fingerprints(mayBeKnown: false));
            }

            return Committed(batch, applied, time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (batch.IsAborted)
        {
            await leases.ReleaseAsync(leasePrefix, leased, batch.Lease);
            batch.Split();
        }
        catch (Exception exception)
        {
            await leases.ReleaseAsync(leasePrefix, leased, batch.Lease);
            await FailAsync(batch, exception, time.GetElapsedTime(started));
        }
        finally
        {
            foreach (var attempt in events.Values)
            {
                attempt.Activity?.Dispose();
            }
        }

        return null;
    }

    private BatchTimes? Committed(BatchAttempt batch, AppliedEvents applied, TimeSpan took)
    {
        // What had been applied before says nothing about the handlers as they are now.
        parking.Handled(applied.Fresh);
        var fresh = applied.Fresh.Count == batch.Events.Count ? null : applied.Fresh.ToHashSet();
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var attempt = batch.Events.Values[i];
            Finish(batch, batch.Events.Indexes[i], attempt, fresh?.Contains(attempt) == false ? Outcome.Duplicate : Outcome.Handled, took);
        }

        for (var i = 0; i < batch.DeadLetters.Count; i++)
        {
            var index = batch.DeadLetters.Indexes[i];
            batch.Finish(index, parking.Stored(batch.Items[index], batch.DeadLetters.Values[i], applied));
        }

        for (var i = 0; i < batch.Passed.Count; i++)
        {
            batch.Finish(batch.Passed.Indexes[i], PassedOver(batch.Passed.Values[i]));
        }

        return batch.Events.Count > 0 ? new BatchTimes(applied.Singles, applied.TransactionTook, took) : null;
    }

    private void Finish(BatchAttempt batch, int index, EventAttempt attempt, Outcome outcome, TimeSpan took)
    {
        batch.Finish(index, outcome == Outcome.Handled ? AttemptOutcome.Done : AttemptOutcome.Duplicate);
        attempt.Activity?.SetTag("event.outcome", outcome.Name());
        metrics.Consumed(
            group.Name, attempt.Delivery.Topic, attempt.Envelope.Type, outcome, took, time.GetUtcNow() - attempt.Envelope.Time);
        receipts?.Add(attempt, outcome == Outcome.Handled ? ReceiptOutcome.Handled : ReceiptOutcome.Duplicate, took);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            using var entered = attempt.Enter();
            Log.Applied(
                logger,
                attempt.Envelope.Type,
                attempt.Id,
                attempt.Delivery.Topic,
                attempt.Delivery.Partition,
                attempt.Delivery.Offset,
                outcome);
        }
    }

    private async Task FailAsync(BatchAttempt batch, Exception exception, TimeSpan took)
    {
        foreach (var attempt in batch.Events.Values)
        {
            attempt.Activity.Failed(exception);
        }

        if (batch.Count > 1)
        {
            Log.Split(logger, batch.Count, group.Name, StoredError.Of(exception));
            batch.Split();
        }
        else if (batch.Passed.Indexes is [var passed])
        {
            // Only the database can be at fault.
            Log.DatabaseAway(logger, exception, group.Name);
            batch.Set(passed, batch.Items[passed].History.Waited(alone: false));
        }
        else if (batch.DeadLetters.Indexes is [var deadLetter])
        {
            batch.Set(deadLetter, parking.NotStored(batch.Items[deadLetter], exception));
        }
        else
        {
            var index = batch.Events.Indexes[0];
            batch.Set(index, await FailAsync(batch.Items[index], batch.Events.Values[0], exception, took));
        }
    }

    private async Task<AttemptResult> FailAsync(PendingEvent item, EventAttempt attempt, Exception exception, TimeSpan took)
    {
        using var entered = attempt.Enter();
        if (Failure.IsOutage(exception))
        {
            Log.DatabaseAway(logger, exception, group.Name);
            return item.History.Waited(alone: true);
        }

        var policy = attempt.Binding.Retry ?? options.Retry;
        var retry = item.History.Failed(policy, time.GetUtcNow());
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
        if (item.Failures < policy.Attempts && !policy.IsPermanent(exception) && Failure.KindOf(exception) != FailureKind.Permanent)
        {
            return retry;
        }

        return isHearsay
            ? await DropAsync(item, exception)
            : await parking.ParkAsync(item, new DeadLetterEntry(item.Record, StoredNames.ReasonOf(exception), exception)
            {
                Failures = item.Failures,
                FirstFailedAt = item.History.FirstFailedAt,
            });
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "{Type} {EventId} at {Topic}[{Partition}]@{Offset} failed in attempt {Attempt}. "
            + "Its key waits, other keys go on. {Error}")]
        public static partial void Failed(
            ILogger logger, string type, string eventId, string topic, int partition, long offset, int attempt, StoredError error);

        // For following one event; a line each is too much for every day.
        [LoggerMessage(302, LogLevel.Debug, "{Type} {EventId} at {Topic}[{Partition}]@{Offset}: {Outcome}")]
        public static partial void Applied(
            ILogger logger, string type, string eventId, string topic, int partition, long offset, Outcome outcome);

        [LoggerMessage(301, LogLevel.Error, "Record at {Topic}[{Partition}]@{Offset} can't be read. {Error}")]
        public static partial void Unreadable(ILogger logger, string topic, int partition, long offset, StoredError error);

        [LoggerMessage(306, LogLevel.Warning, "Database of group {Group} does not answer. Its events wait, and no attempt is counted.")]
        public static partial void DatabaseAway(ILogger logger, Exception exception, string group);

        [LoggerMessage(314, LogLevel.Warning, "Group {Group} can't have the key of personal data at {Topic}[{Partition}]@{Offset}. "
            + "The event and what follows of its key wait, and no attempt is counted.")]
        public static partial void KeysAway(
            ILogger logger, Exception exception, string group, string topic, int partition, long offset);

        [LoggerMessage(303, LogLevel.Information, "{Events} events of group {Group} failed together. Each is tried alone. {Error}")]
        public static partial void Split(ILogger logger, int events, string group, StoredError error);
    }
}
