using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>Makes dead letters of what can't be applied, as far as the topic's <see cref="CircuitBreaker"/> lets it.</summary>
internal sealed partial class Parking<TContext>(
    ConsumerGroup group,
    EventTransaction<TContext> transaction,
    GroupCircuitBreakers valves,
    LookAhead<TContext>? ahead,
    UnreadableRecords unreadable,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger logger)
    where TContext : DbContext
{
    /// <summary>Events were applied.</summary>
    public void Handled(IReadOnlyList<EventAttempt> events) => valves.Handled(events);

    /// <summary>
    /// What can't be read now can't be read in a second attempt: it is stored with the batch. It is its producer's fault, so no valve is asked: however
    /// many they are, the group goes on.
    /// </summary>
    public void TakePoison(BatchAttempt batch, PendingEvent item, UnreadableEventException exception)
    {
        item.Failures = 1;
        item.FirstFailedAt = time.GetUtcNow();
        batch.Letters.Add(new DeadLetterEntry(item, DeadLetterReason.Unreadable, exception));
    }

    /// <summary>Stores an event that failed for the last time; while that is not possible, it is tried again.</summary>
    public async Task ParkAsync(BatchAttempt batch, DeadLetterEntry letter)
    {
        if (letter.Reason == DeadLetterReason.Failed && !TryReserve(batch, letter.Item))
        {
            await LookAheadAsync(letter.Item);
            return;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(letter.Item.Progress.Aborted);
            patience.CancelAfter(options.Value.Consumer.HandlerTimeout);
            Stored(batch, letter, await transaction.ApplyAsync([], [letter], [], patience.Token));
        }
        catch (Exception exception)
        {
            NotStored(letter.Item, exception);
        }
    }

    /// <summary>A dead letter was committed: its key is parked.</summary>
    public void Stored(BatchAttempt batch, DeadLetterEntry letter, AppliedEvents? applied)
    {
        var item = letter.Item;
        BatchAttempt.Finish(item);
        if (applied == AppliedEvents.None || applied?.Discarded.Contains(letter) == true)
        {
            // Another instance is further on this partition, and what becomes of the record is its business; or an operator gave it up before.
            return;
        }

        if (item.Key is null)
        {
            item.Progress.Parked.HasKeyless = true;
        }
        else
        {
            item.Progress.Parked.Add(item.Key);
        }

        if (letter.Reason == DeadLetterReason.Failed)
        {
            batch.Reserved.Remove(item.Record.Topic);
            valves[item.Record.Topic].Stored();
        }
        else if (letter.Reason == DeadLetterReason.Unreadable)
        {
            unreadable.Stored(group.Name, item.Record.Topic);
        }

        metrics.DeadLettered(group.Name, item.Record.Topic, letter.Reason.Stored());
        receipts?.Add(letter);
        if (letter.Reason == DeadLetterReason.Behind)
        {
            Log.Behind(logger, item.Record.Topic, item.Record.Partition.Value, item.Record.Offset.Value);
        }
        else
        {
            Log.Parked(logger, item.Record.Topic, item.Record.Partition.Value, item.Record.Offset.Value, letter.Reason.Stored(), item.Failures);
        }
    }

    /// <summary>A dead letter could not be stored: it stays what it was, and is tried again.</summary>
    public void NotStored(PendingEvent item, Exception exception)
    {
        if (exception is ParkingLimitException)
        {
            var valve = valves[item.Record.Topic];
            valve.LimitReached();
            WaitForPlace(item, valve);
        }
        else if (!item.Progress.Aborted.IsCancellationRequested)
        {
            Log.NotStored(logger, item.Record.Topic, item.Record.Partition.Value, item.Record.Offset.Value, StoredError.Of(exception));
            item.Alone = true;
            BatchAttempt.Hold(item);
        }
    }

    /// <summary>The attempt is over: what of it was not stored gives its place back.</summary>
    public void End(BatchAttempt batch)
    {
        batch.Reserved.ForEach(topic => valves[topic].GiveBack(1));
    }

    /// <summary>
    /// Where a halted topic has no event that could succeed before this one is out of its way, those behind it tell whether any would. Then it is tried once
    /// more, because the handler may have been repaired just now.
    /// </summary>
    private async Task LookAheadAsync(PendingEvent item)
    {
        if (ahead is not null && valves[item.Record.Topic].Halted is not null && await ahead.FindsSuccessAsync(item))
        {
            item.OthersSucceed = true;
            item.Again = TimeSpan.Zero;
        }
    }

    private bool TryReserve(BatchAttempt batch, PendingEvent item)
    {
        var valve = valves[item.Record.Topic];
        if (valve.TryReserve(isItsOwnFault: item.OthersSucceed))
        {
            batch.Reserved.Add(item.Record.Topic);
            return true;
        }

        WaitForPlace(item, valve);
        return false;
    }

    private void WaitForPlace(PendingEvent item, CircuitBreaker valve)
    {
        BatchAttempt.WaitForPlace(item, valve.Probe);
        Log.Waits(logger, item.Record.Topic, item.Record.Partition.Value, item.Record.Offset.Value, valve.Probe);
    }

    private static partial class Log
    {
        // That too much fails was said; each event would go on saying it.
        [LoggerMessage(313, LogLevel.Debug, "The event at {Topic}[{Partition}]@{Offset} may not become a dead letter now and is tried again in {Wait}.")]
        public static partial void Waits(ILogger logger, string topic, int partition, long offset, TimeSpan wait);

        [LoggerMessage(304, LogLevel.Warning, "The record at {Topic}[{Partition}]@{Offset} is a dead letter now ({Reason}, attempts: {Attempts}); what follows of its key waits behind it.")]
        public static partial void Parked(ILogger logger, string topic, int partition, long offset, string reason, int attempts);

        // The parking was said once; a busy key would go on saying it.
        [LoggerMessage(307, LogLevel.Debug, "The record at {Topic}[{Partition}]@{Offset} waits behind a dead letter of its key.")]
        public static partial void Behind(ILogger logger, string topic, int partition, long offset);

        [LoggerMessage(305, LogLevel.Warning, "The record at {Topic}[{Partition}]@{Offset} can't be stored as a dead letter yet; it is kept and tried again. {Error}")]
        public static partial void NotStored(ILogger logger, string topic, int partition, long offset, StoredError error);
    }
}
