using Confluent.Kafka;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Moves rows from the table to the broker while a session lasts. It reads the next batch while earlier ones are sent and answered, and
/// deletes acknowledged rows in the same round trip.
/// </summary>
internal sealed partial class OutboxPump(
    IOutboxTable table,
    IOutboxBuckets buckets,
    IOutboxSender sender,
    OutboxAnswers answers,
    OutboxSignal signal,
    MessagingMetrics metrics,
    TimeProvider time,
    OutboxOptions options,
    ILogger logger)
{
    // When there is nothing to read, a deletion waits this long for others to join it, so that a quiet outbox needs one round trip an event
    // instead of two.
    private static readonly TimeSpan DeleteDelay = TimeSpan.FromMilliseconds(10);

    // Longest wait while the limit of rows in flight is reached.
    private static readonly TimeSpan FullDelay = TimeSpan.FromMilliseconds(50);

    // How long a stop waits for outstanding answers, so that their rows needn't be sent again.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    private readonly OutboxInFlight _inFlight = new();
    private readonly OutboxRefusals _refusals = new(time);

    // Rows that count as in flight and have not been handed to the producer yet.
    private readonly Queue<OutboxRecord> _unsent = [];
    private bool _mayHaveMore = true;
    private bool _leftBehind;
    private long _shared;
    private long _firstAcknowledged;

    private TimeSpan Poll => options.PollInterval;

    private int BatchSize => options.BatchSize;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Settle();
                await ShareAsync(cancellationToken);
                if (!await TryAgainAsync(cancellationToken) && !await ReadAsync(cancellationToken)
                    && !await DeleteAsync(isDue: DeleteIsDue()))
                {
                    await WaitAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await FinishAsync();
            throw;
        }
    }

    private async Task ShareAsync(CancellationToken cancellationToken)
    {
        if (_shared == 0 || time.GetElapsedTime(_shared) >= Poll)
        {
            await buckets.ShareAsync(_inFlight.HasBucket, cancellationToken);
            _shared = time.GetTimestamp();
            _mayHaveMore = true;
        }

        if (signal.TakeCommittedHere() && !buckets.OwnsAll)
        {
            await table.NotifyOthersAsync(cancellationToken);
        }
    }

    /// <summary>Processes the answers that have arrived.</summary>
    private void Settle()
    {
        var taken = answers.Take();
        if (taken.Count == 0)
        {
            return;
        }

        var refused = 0;
        Error? reason = null;
        foreach (var answer in taken)
        {
            _inFlight.Answered(answer);
            if (answer.Error.IsError)
            {
                _refusals.Refused(answer.Row);
                reason ??= answer.Error;
                refused++;
            }
            else
            {
                _mayHaveMore |= _refusals.Acknowledged(answer.Row);
            }
        }

        _mayHaveMore |= _leftBehind;
        _leftBehind = false;
        _firstAcknowledged = _firstAcknowledged == 0 ? time.GetTimestamp() : _firstAcknowledged;
        if (reason is not null)
        {
            Log.Refused(logger, refused, reason.Code, reason.Reason);
        }
    }

    /// <summary>Sends the first row of each refused key again; false if a retry is not due.</summary>
    private async Task<bool> TryAgainAsync(CancellationToken cancellationToken)
    {
        if (!_refusals.IsDue)
        {
            return false;
        }

        // Acknowledged rows must be gone first, or they would be read again.
        await DeleteAsync(isDue: true);
        var records = await table.ReadFirstAsync(
            buckets.Owned, [.. _refusals.Keys.Where(key => !_inFlight.HasKey(key))], cancellationToken);
        _refusals.Trying(records.Select(record => record.Row));
        foreach (var record in records)
        {
            _inFlight.Add(record.Row);
            sender.Send(record, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Sends the previous batch and reads the next one meanwhile. It reads nothing if there is nothing new, or too much is in flight or
    /// refused; false if there was nothing to send either.
    /// </summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _mayHaveMore |= signal.TakeCommitted();
        if (!_mayHaveMore || _refusals.IsFlood || !_inFlight.HasRoom(BatchSize))
        {
            return SendUnsent(cancellationToken);
        }

        _mayHaveMore = false;
        var acknowledged = _inFlight.TakeAcknowledged();
        var reading = table.ReadAsync(
            acknowledged, buckets.Owned, _inFlight.Sequences(), _refusals.Keys, BatchSize,
            acknowledged.Count > 0 ? CancellationToken.None : cancellationToken);
        try
        {
            SendUnsent(cancellationToken);
        }
        catch
        {
            // The connection takes one command at a time, and stopping needs it to delete acknowledged rows.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var records = await reading;
        Deleted(acknowledged);
        var isFull = records.Count == BatchSize || records.Sum(record => record.Data.Length) >= OutboxTable.MaxBatchBytes;

        // A row must wait for the unanswered rows of its key: one of the answers may be a refusal.
        Settle();
        var free = records.FindAll(record => !_inFlight.HasKey(record.Row.Key) && !_refusals.Keys.Contains(record.Row.Key));
        _leftBehind |= free.Count < records.Count;

        // If every row has to wait for an answer, another read would return the same rows. The answer triggers the next read.
        _mayHaveMore |= isFull && (free.Count > 0 || _inFlight.Unanswered == 0);
        var keys = _inFlight.Keys;
        foreach (var record in free)
        {
            _inFlight.Add(record.Row);
            _unsent.Enqueue(record);
        }

        // If keys repeat, the next read returns more rows of the same keys, which must wait. Sending these rows now makes fewer of them
        // wait.
        if (!isFull || (_inFlight.Keys - keys) * 4 < free.Count * 3)
        {
            SendUnsent(cancellationToken);
        }

        return true;
    }

    /// <summary>Hands the rows that were read to the producer; false if there are none.</summary>
    private bool SendUnsent(CancellationToken cancellationToken)
    {
        if (_unsent.Count == 0)
        {
            return false;
        }

        while (_unsent.TryDequeue(out var record))
        {
            if (answers.Refuse(record.Row.Key))
            {
                // An earlier row of its key in this batch has been refused, by the producer itself or by the broker.
                _inFlight.Remove(record.Row);
            }
            else
            {
                sender.Send(record, cancellationToken);
            }
        }

        return true;
    }

    private bool DeleteIsDue() =>
        _inFlight.Acknowledged.Count >= BatchSize / 2 || time.GetElapsedTime(_firstAcknowledged) >= DeleteDelay;

    // A stop doesn't cancel it, because rows that are not deleted are sent again. The command's own timeout bounds it.
    private async Task<bool> DeleteAsync(bool isDue)
    {
        if (!isDue || _inFlight.Acknowledged.Count == 0)
        {
            return false;
        }

        var acknowledged = _inFlight.TakeAcknowledged();
        await table.DeleteAsync(acknowledged, CancellationToken.None);
        Deleted(acknowledged);
        return true;
    }

    private void Deleted(List<OutboxRow> acknowledged)
    {
        _firstAcknowledged = 0;
        foreach (var topic in acknowledged.CountBy(row => row.Topic, StringComparer.Ordinal))
        {
            metrics.Published(topic.Key, topic.Value);
        }
    }

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        var hasRoom = _inFlight.HasRoom(BatchSize);
        var hasAcknowledged = _inFlight.Acknowledged.Count > 0;
        answers.WakeAt(hasRoom && !hasAcknowledged ? 1 : Math.Clamp(_inFlight.Unanswered, 1, Math.Max(1, BatchSize / 2)));
        return signal.WaitAsync(hasAcknowledged ? DeleteDelay : hasRoom ? _refusals.Wait(Poll) : FullDelay, cancellationToken);
    }

    private async Task FinishAsync()
    {
        foreach (var record in _unsent)
        {
            _inFlight.Remove(record.Row);
        }

        var started = time.GetTimestamp();
        while (_inFlight.Unanswered > 0 && LastAnswers - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            answers.WakeAt(_inFlight.Unanswered);
            await signal.WaitAsync(left, CancellationToken.None);
            Settle();
        }

        await DeleteAsync(isDue: true);
    }

    private static partial class Log
    {
        [LoggerMessage(101, LogLevel.Error, "Broker refused {Events} event(s) with {Code} ({Reason}). They and later events of their keys "
            + "stay in the outbox and are tried again.")]
        public static partial void Refused(ILogger logger, int events, ErrorCode code, string reason);
    }
}
