using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Applies the log to the copies, many events a transaction, in the order of each partition. Dead letters of the live group are left out,
/// and so are the events that they block. Hearsay that can't be applied is dropped. Any other event that can't be applied ends the rebuild.
/// </summary>
/// <param name="reader">Finds an event's handler.</param>
/// <param name="applyAsync">Applies events to the copies in one transaction, and returns how many were applied for the first time.</param>
/// <param name="deadLettersAsync">Reads the present dead letters of the live group.</param>
internal sealed class RebuildReader(
    EventReader reader,
    Func<IReadOnlyList<EventAttempt>, CancellationToken, Task<int>> applyAsync,
    Func<CancellationToken, Task<LiveDeadLetters>> deadLettersAsync)
{
    private const int EventsATransaction = 2_000;

    private readonly Dictionary<TopicPartition, long> _positions = [];
    private readonly Dictionary<TopicPartition, DateTimeOffset> _begins = [];
    private readonly List<TopicPartitionOffset> _leftOut = [];
    private LiveDeadLetters? _deadLetters;

    /// <summary>Offset up to which each partition is read.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Positions => _positions;

    /// <summary>Time of the first record that was read of each partition, UTC.</summary>
    public IReadOnlyDictionary<TopicPartition, DateTimeOffset> Begins => _begins;

    /// <summary>Records that were left out, because they are dead letters of the live group or blocked by one.</summary>
    public IReadOnlyList<TopicPartitionOffset> LeftOut => _leftOut;

    /// <summary>Records that were discarded before the rebuild began to read.</summary>
    public IReadOnlySet<TopicPartitionOffset> DiscardedAtFirst { get; private set; } = new HashSet<TopicPartitionOffset>();

    /// <summary>Events applied.</summary>
    public long Applied { get; private set; }

    /// <summary>Records read.</summary>
    public long Read { get; private set; }

    /// <summary>Sets the offsets at which partitions begin.</summary>
    public void BeginAt(IReadOnlyDictionary<TopicPartition, long> positions)
    {
        foreach (var (partition, offset) in positions)
        {
            _positions[partition] = offset;
        }
    }

    /// <summary>Reads on from the present positions.</summary>
    /// <param name="open">Reads the log from an offset of each partition.</param>
    /// <param name="until">Where to stop, by partition.</param>
    /// <param name="progress">Is told after each transaction.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationFailedException">An event can't be applied.</exception>
    public async Task ReadAsync(
        Func<IReadOnlyDictionary<TopicPartition, long>, LogReader> open,
        IReadOnlyDictionary<TopicPartition, long> until,
        Action progress,
        CancellationToken cancellationToken)
    {
        var isFirst = _deadLetters is null;
        _deadLetters = await deadLettersAsync(cancellationToken);
        DiscardedAtFirst = isFirst ? _deadLetters.Discarded : DiscardedAtFirst;
        using var log = open(_positions);
        while (await Task.Run(() => log.Read(EventsATransaction, cancellationToken), cancellationToken) is { Count: > 0 } records)
        {
            await TakeAsync(records, cancellationToken);
            Read += records.Count;
            progress();
        }

        // The last offsets of a partition may hold no record.
        foreach (var (partition, end) in until)
        {
            _positions[partition] = Math.Max(_positions[partition], end);
        }
    }

    private async Task TakeAsync(List<ConsumeResult<byte[], byte[]>> records, CancellationToken cancellationToken)
    {
        var events = new List<EventAttempt>(records.Count);
        var ids = new HashSet<Guid>(records.Count);
        foreach (var record in records)
        {
            _positions[record.TopicPartition] = record.Offset.Value + 1;
            _begins.TryAdd(record.TopicPartition, KafkaBinding.WrittenAt(record.Message));
            if (await EventAsync(record, cancellationToken) is not { } attempt)
            {
                continue;
            }

            if (!ids.Add(attempt.Fingerprint.Identity))
            {
                // A copy of an event: the first must be in the inbox before the second is looked up.
                await ApplyAsync(events, cancellationToken);
                events.Clear();
                ids.Clear();
                ids.Add(attempt.Fingerprint.Identity);
            }

            events.Add(attempt);
        }

        await ApplyAsync(events, cancellationToken);
    }

    private async Task<EventAttempt?> EventAsync(ConsumeResult<byte[], byte[]> record, CancellationToken cancellationToken)
    {
        var source = SourceRecord.Of(record);
        if (TryLeaveOut(source.Position, source.Key))
        {
            return null;
        }

        try
        {
            return await reader.ReadAsync(source, failures: 0, cancellationToken);
        }
        catch (UnreadableEventException) when (reader.IsHearsay(record.Topic))
        {
            return null;
        }
        catch (UnreadableEventException exception)
        {
            await LeaveOutOrFailAsync(source.Position, source.Key, "The record", exception, cancellationToken);
            return null;
        }
    }

    private async Task ApplyAsync(List<EventAttempt> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            Applied += await applyAsync(events, cancellationToken);
        }
        catch (Exception exception) when (IsOfEvents(exception, cancellationToken))
        {
            await ApplyOneByOneAsync(events, cancellationToken);
        }
    }

    private async Task ApplyOneByOneAsync(List<EventAttempt> events, CancellationToken cancellationToken)
    {
        foreach (var attempt in events)
        {
            var place = attempt.Source.Position;
            if (TryLeaveOut(place, attempt.Source.Key))
            {
                continue;
            }

            try
            {
                Applied += await applyAsync([attempt], cancellationToken);
            }
            catch (Exception exception) when (IsOfEvents(exception, cancellationToken) && reader.IsHearsay(place.Topic))
            {
                // The live group drops it, too.
            }
            catch (Exception exception) when (IsOfEvents(exception, cancellationToken))
            {
                await LeaveOutOrFailAsync(place, attempt.Source.Key, $"{attempt.Envelope.Type} {attempt.Id}", exception, cancellationToken);
            }
        }
    }

    private bool TryLeaveOut(TopicPartitionOffset place, string? key)
    {
        if (!_deadLetters!.Holds(place, key))
        {
            return false;
        }

        _leftOut.Add(place);
        return true;
    }

    // The group may have parked it since its dead letters were read.
    private async Task LeaveOutOrFailAsync(
        TopicPartitionOffset place, string? key, string what, Exception exception, CancellationToken cancellationToken)
    {
        _deadLetters = await deadLettersAsync(cancellationToken);
        if (!TryLeaveOut(place, key))
        {
            throw new EventNotAppliedException(
                $"{what} at {place.Topic}[{place.Partition.Value}]@{place.Offset.Value} can't be applied: {exception.GetType().Name}: "
                + $"{ScrubbedText.Of(exception.Message)} Nothing was changed. Repair the handler. "
                + "Or let the group store it as a dead letter and discard that. Then rebuild again.",
                exception);
        }
    }

    private static bool IsOfEvents(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && exception is not OperationFailedException && !Failure.IsOutage(exception);
}
