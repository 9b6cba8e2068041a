using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>Makes dead letters of what can't be applied, as far as the topic's <see cref="CircuitBreaker"/> lets it.</summary>
/// <param name="group">The group.</param>
/// <param name="transaction">Stores.</param>
/// <param name="breakers">The group's circuit breakers.</param>
/// <param name="findsSuccessAsync">Whether an event after a failing one would succeed, where a partition is one lane; else null.</param>
/// <param name="unreadable">Counts records that can't be read.</param>
/// <param name="receipts">Tells what was done; null when nobody is told.</param>
/// <param name="metrics">Counts dead letters.</param>
/// <param name="options">How long storing may take.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed partial class Parking(
    ConsumerGroup group,
    IEventTransaction transaction,
    GroupCircuitBreakers breakers,
    Func<PendingEvent, Task<bool>>? findsSuccessAsync,
    UnreadableRecords unreadable,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    ConsumerOptions options,
    ILogger logger)
{
    /// <summary>Events were applied.</summary>
    public void Handled(IReadOnlyList<EventAttempt> events) => breakers.Handled(events);

    /// <summary>Stores an event that failed for the last time; while that is not possible, it is tried again.</summary>
    public async Task<AttemptResult> ParkAsync(PendingEvent item, DeadLetterEntry deadLetter)
    {
        var breaker = breakers[deadLetter.Record.Topic];
        var hasPlace = deadLetter.Reason == DeadLetterReason.Failed;
        if (hasPlace && !breaker.TryReserve(isItsOwnFault: item.History.OthersSucceed))
        {
            return await LookAheadAsync(item, breaker);
        }

        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(item.Progress.Aborted);
            timeout.CancelAfter(options.HandlerTimeout);
            var applied = await transaction.ApplyAsync([], [deadLetter], [], timeout.Token);
            var outcome = Stored(item, deadLetter, applied!);
            if (hasPlace && outcome == AttemptOutcome.Parked)
            {
                breaker.Stored();
                hasPlace = false;
            }

            return AttemptResult.Finished(outcome);
        }
        catch (Exception exception)
        {
            return NotStored(item, exception);
        }
        finally
        {
            if (hasPlace)
            {
                breaker.GiveBack(1);
            }
        }
    }

    /// <summary>A dead letter was committed: its key is parked, unless it was not stored because others know better.</summary>
    public AttemptOutcome Stored(PendingEvent item, DeadLetterEntry deadLetter, AppliedEvents applied)
    {
        if (applied.IsBehindOthers)
        {
            return AttemptOutcome.LeftToOthers;
        }

        if (applied.Discarded.Contains(deadLetter))
        {
            return AttemptOutcome.Discarded;
        }

        var record = deadLetter.Record;
        if (record.Key is null)
        {
            item.Progress.Parked.HasKeyless = true;
        }
        else
        {
            item.Progress.Parked.Add(record.Key, record.Offset);
        }

        if (deadLetter.Reason == DeadLetterReason.Unreadable)
        {
            unreadable.Stored(group.Name, record.Topic);
        }

        metrics.DeadLettered(group.Name, record.Topic, deadLetter.Reason.Stored());
        receipts?.Add(deadLetter);
        if (deadLetter.Reason == DeadLetterReason.Behind)
        {
            Log.Blocked(logger, record.Topic, record.Partition, record.Offset);
            return AttemptOutcome.Blocked;
        }

        Log.Parked(logger, record.Topic, record.Partition, record.Offset, deadLetter.Reason.Stored(), deadLetter.Failures);
        return AttemptOutcome.Parked;
    }

    /// <summary>A dead letter could not be stored: the event is tried again.</summary>
    public AttemptResult NotStored(PendingEvent item, Exception exception)
    {
        var record = item.Record;
        if (exception is ParkingLimitException)
        {
            var breaker = breakers[record.Topic];
            breaker.LimitReached();
            return WaitForPlace(item, breaker);
        }

        if (item.Progress.Aborted.IsCancellationRequested)
        {
            return AttemptResult.Retry(TimeSpan.Zero, alone: true);
        }

        Log.NotStored(logger, record.Topic, record.Partition, record.Offset, StoredError.Of(exception));
        return item.History.Waited(alone: true);
    }

    /// <summary>
    /// Where a topic whose circuit is open has no event that could succeed before this one is out of its way, later ones tell whether any
    /// would. Then it is tried once more, because the handler may have been repaired just now.
    /// </summary>
    private async Task<AttemptResult> LookAheadAsync(PendingEvent item, CircuitBreaker breaker)
    {
        var wait = WaitForPlace(item, breaker);
        return findsSuccessAsync is not null && breaker.Pauses is not null && await findsSuccessAsync(item)
            ? item.History.OthersHaveSucceeded()
            : wait;
    }

    private AttemptResult WaitForPlace(PendingEvent item, CircuitBreaker breaker)
    {
        Log.Waits(logger, item.Record.Topic, item.Record.Partition, item.Record.Offset, breaker.Probe);
        return AttemptResult.RetryForPlace(breaker.Probe);
    }

    private static partial class Log
    {
        // That too much fails was said; each event would go on saying it.
        [LoggerMessage(
            313, LogLevel.Debug, "Event at {Topic}[{Partition}]@{Offset} may not become a dead letter now. It is tried again in {Wait}.")]
        public static partial void Waits(ILogger logger, string topic, int partition, long offset, TimeSpan wait);

        [LoggerMessage(304, LogLevel.Warning, "Record at {Topic}[{Partition}]@{Offset} stored as a dead letter ({Reason}, attempts: "
            + "{Attempts}). Later events of its key are blocked until it is redriven or discarded.")]
        public static partial void Parked(ILogger logger, string topic, int partition, long offset, string reason, int attempts);

        // The parking was said once; a busy key would go on saying it.
        [LoggerMessage(307, LogLevel.Debug, "Record at {Topic}[{Partition}]@{Offset} blocked by a dead letter of its key.")]
        public static partial void Blocked(ILogger logger, string topic, int partition, long offset);

        [LoggerMessage(305, LogLevel.Warning, "Record at {Topic}[{Partition}]@{Offset} could not be stored as a dead letter. "
            + "It is kept and tried again. {Error}")]
        public static partial void NotStored(ILogger logger, string topic, int partition, long offset, StoredError error);
    }
}
