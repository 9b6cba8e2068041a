using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Scheduling;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.DeadLetters;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// One membership of a group: from joining it to leaving it. Everything here but the lanes runs on the reading thread, rebalances included,
/// because the client calls back from within <c>Consume</c>.
/// </summary>
internal sealed partial class ConsumerSession : IDisposable
{
    // How long Consume waits for a record: bounds how late offsets are stored, partitions are resumed and a stop is noticed.
    private static readonly TimeSpan ReadWait = TimeSpan.FromMilliseconds(100);

    // The same while there is nothing to store, to resume or to look after: only a stop is noticed
    // later. A record or a rebalance ends the wait.
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    private readonly ConsumerGroup _group;
    private readonly MessagingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<IReadOnlyCollection<TopicPartition>, IEnumerable<TopicPartitionOffset>> _positions;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Lanes<ConsumerWork> _lanes;
    private readonly AssignedPartitions _assigned;
    private readonly DeadLetterWatch _deadLetters;
    private readonly ResolvedWatch _resolved;
    private readonly ProbeReads _probes;
    private readonly BootstrapReminder _reminder;
    private readonly BrokerRefusals _refusals;
    private TimeSpan _wait = ReadWait;
    private long _lastUpkeep;

    /// <summary>Makes the client; it joins the group in <see cref="Run"/>.</summary>
    /// <param name="group">What to read.</param>
    /// <param name="kafka">Gives the client credentials that change.</param>
    /// <param name="builder">Makes the Kafka client.</param>
    /// <param name="attempt">Makes an attempt at what lanes hand over.</param>
    /// <param name="pacer">How many events make a batch.</param>
    /// <param name="positions">Where to begin in newly assigned partitions.</param>
    /// <param name="deadLetters">Knows the parked keys of partitions.</param>
    /// <param name="breakers">Say which topics pause.</param>
    /// <param name="resolved">Sees what operators have done about what failed.</param>
    /// <param name="reminder">Hears of the client's errors; is stopped before the client is closed.</param>
    /// <param name="refusals">Is told what the group may not read.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="logger">The consumer's log.</param>
    public ConsumerSession(
        ConsumerGroup group,
        KafkaSettings kafka,
        ConsumerBuilder<byte[], byte[]> builder,
        Func<IReadOnlyList<ConsumerWork>, Task<IReadOnlyList<AttemptResult>>> attempt,
        BatchPacer pacer,
        Func<IReadOnlyCollection<TopicPartition>, IEnumerable<TopicPartitionOffset>> positions,
        DeadLetterWatch deadLetters,
        GroupCircuitBreakers breakers,
        ResolvedWatch resolved,
        BootstrapReminder reminder,
        BrokerRefusals refusals,
        MessagingOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _group = group;
        _options = options;
        _time = time;
        _logger = logger;
        _positions = positions;
        _deadLetters = deadLetters;
        _resolved = resolved;
        _probes = new ProbeReads(breakers, options, time);
        _reminder = reminder;
        _refusals = refusals;
        _lanes = new Lanes<ConsumerWork>(options.Consumer.Concurrency, pacer, attempt, time);
        _consumer = kafka.Follow(builder
            .SetPartitionsAssignedHandler((_, partitions) => Assigned(partitions))
            .SetPartitionsRevokedHandler((_, offsets) => Revoked(offsets))
            .SetPartitionsLostHandler((_, offsets) => Lost(offsets))
            .Build());
        _assigned = new AssignedPartitions(_consumer, time);
    }

    /// <summary>Reads until <paramref name="stopping"/>; then finishes what runs, stores how far it came and leaves the group.</summary>
    /// <exception cref="KafkaException">The client failed for good.</exception>
    public void Run(CancellationToken stopping)
    {
        _consumer.Subscribe(_group.Topics);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (_lanes.WaitForRoom(ReadWait) && Read() is { } record)
                {
                    Accept(record);
                }

                Upkeep();
                ThrowIfFaulted();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Completes when nothing is being handled any more.</summary>
    public Task WhenIdle => Task.WhenAll(_lanes.WhenIdle, _deadLetters.WhenIdle, _resolved.WhenIdle);

    public void Dispose()
    {
        _reminder.Dispose();
        _consumer.Dispose();
    }

    private void Leave()
    {
        try
        {
            // One with a name of its own keeps its place in the group until its session times out.
            if (_assigned.All.Count == 0 && _options.Consumer.InstanceId is null)
            {
                ConsumerClient.LeaveWithoutPartitions(_consumer, () => Read(), _time);
            }
        }
        finally
        {
            _reminder.Dispose();

            // Revokes what is assigned, which drains it and stores its offsets.
            _consumer.Close();
        }
    }

    private ConsumeResult<byte[], byte[]>? Read()
    {
        try
        {
            return _consumer.Consume(_wait);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            // Such as a topic that doesn't exist yet; the client goes on by itself.
            Log.ReadFailed(_logger, _group.Name, exception.Error.Code, exception.Error.Reason);
            _refusals.Note(exception.Error.Code == ErrorCode.TopicAuthorizationFailed && exception.ConsumerRecord?.Topic is { } topic
                ? topic
                : _group.Name, AclOperation.Read, exception.Error);
            return null;
        }
    }

    private void Accept(ConsumeResult<byte[], byte[]> record)
    {
        if (!_assigned.All.TryGetValue(record.TopicPartition, out var progress))
        {
            return;
        }

        _wait = ReadWait;
        _refusals.Withdraw(record.Topic, AclOperation.Read);
        progress.Start(record.Offset.Value);
        var source = SourceRecord.Of(record);
        var item = new PendingEvent(progress, source, Lane(record.TopicPartition, source.Key, source.Offset))
        {
            Ahead = _group.OffsetsInDatabase ? new ReadAhead() : null,
        };
        progress.Last?.Next = item;
        progress.Last = item.Ahead;
        _lanes.Post(item);
        if (!progress.Full && progress.Window >= _options.Consumer.WindowPerPartition)
        {
            progress.Full = true;
            _assigned.PauseOrResume(progress, pauses: true);
            Log.Paused(_logger, _group.Name, record.Topic, record.Partition.Value, progress.Window, progress.Oldest);
        }

        if (progress.MayRead is { } left)
        {
            progress.MayRead = Math.Max(0, left - 1);
            _assigned.PauseOrResume(progress, progress.Full || progress.MayRead == 0);
        }
    }

    // A group that stores offsets with its effects must apply a partition in the order of the log. A record without a key has no order to
    // keep, so it holds up nothing but itself.
    private string Lane(TopicPartition partition, string? key, long offset) => _group.OffsetsInDatabase
        ? $"{partition.Topic}/{partition.Partition.Value}"
        : key ?? $"{partition.Topic}/{partition.Partition.Value}@{offset}";

    private void Upkeep()
    {
        if (_time.GetElapsedTime(_lastUpkeep) < ReadWait)
        {
            return;
        }

        _lastUpkeep = _time.GetTimestamp();
        if (_resolved.Look() | _probes.Look(_assigned.All.Values))
        {
            _lanes.WakeForPlace();
        }

        var isIdle = !_probes.AnyPaused;
        foreach (var progress in _assigned.All.Values)
        {
            isIdle &= progress is { Window: 0, Parked: { Any: false, HasKeyless: false } };
            _assigned.Store(progress);
            progress.Full &= progress.Window > _options.Consumer.WindowPerPartition / 2;
            _assigned.PauseOrResume(progress, progress.Full || progress.MayRead == 0);
        }

        foreach (var key in _deadLetters.Take(_assigned.All))
        {
            Inspect(key);
        }

        _wait = isIdle ? IdleWait : ReadWait;
    }

    /// <summary>Lets the dead letters of a key be inspected in its lane, unless that is going on already.</summary>
    private void Inspect(UnresolvedKey key)
    {
        var partition = new TopicPartition(key.Topic, key.Partition);
        if (!_assigned.All.TryGetValue(partition, out var progress))
        {
            return;
        }

        var inspection = new KeyInspection(progress, Lane(partition, key.Key, key.Offset), key.Key, key.Offset) { IsAlone = true };
        if (!progress.Parked.TryInspect(inspection.Name))
        {
            return;
        }

        if (_group.OffsetsInDatabase)
        {
            // An event of another key may hold up the whole partition, perhaps because as many keys are
            // parked as may be. Parked events are older.
            _lanes.PostFirst(inspection);
        }
        else
        {
            _lanes.Post(inspection);
        }
    }

    private List<TopicPartitionOffset> Assigned(List<TopicPartition> partitions)
    {
        var positions = _positions(partitions).ToList();
        _refusals.Withdraw(_group.Name, AclOperation.Read);
        foreach (var topic in partitions.Select(partition => partition.Topic).Distinct(StringComparer.Ordinal))
        {
            _refusals.Withdraw(topic, AclOperation.Read);
        }

        // Before the first event is read: one of a parked key must not be applied.
        _deadLetters.Load(_assigned.Add(partitions));
        Log.Assigned(_logger, _group.Name, partitions.Count, _assigned.All.Count);
        return positions;
    }

    private void Revoked(List<TopicPartitionOffset> revoked)
    {
        var bound = _options.Consumer.DrainTimeout;
        var drained = _assigned.Drain(revoked, bound, out var isDrained);
        if (!isDrained)
        {
            Log.DrainTimedOut(_logger, _group.Name, bound);
        }

        Commit();
        Log.Revoked(_logger, _group.Name, drained, _assigned.All.Count);
    }

    private void Lost(List<TopicPartitionOffset> lost)
    {
        var dropped = _assigned.Drop(lost);
        Log.Lost(_logger, _group.Name, dropped);
    }

    private void Commit()
    {
        try
        {
            _consumer.Commit();
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_NoOffset)
        {
            // Everything was committed before.
        }
        catch (KafkaException exception)
        {
            // The next owner handles some events again, which the inbox recognises.
            Log.CommitFailed(_logger, _group.Name, exception.Error.Code, exception.Error.Reason);
        }
    }

    private void ThrowIfFaulted()
    {
        if (_lanes.WhenIdle is { IsFaulted: true, Exception: { } exception })
        {
            throw new InvalidOperationException("A lane failed outside of any handler.", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(320, LogLevel.Information, "Group {Group} was assigned {New} partition(s), {Count} in all.")]
        public static partial void Assigned(ILogger logger, string group, int @new, int count);

        [LoggerMessage(321, LogLevel.Information, "Group {Group} gave up {Given} partition(s), {Count} are left.")]
        public static partial void Revoked(ILogger logger, string group, int given, int count);

        [LoggerMessage(
            322, LogLevel.Warning, "Group {Group} lost {Lost} partition(s); their work is dropped and done again by their new owner.")]
        public static partial void Lost(ILogger logger, string group, int lost);

        [LoggerMessage(323, LogLevel.Warning, "Group {Group}: events were still being handled after {Bound}; "
            + "their partition's new owner handles them again.")]
        public static partial void DrainTimedOut(ILogger logger, string group, TimeSpan bound);

        [LoggerMessage(324, LogLevel.Warning, "Group {Group} could not commit its offsets: {Code} ({Reason}).")]
        public static partial void CommitFailed(ILogger logger, string group, ErrorCode code, string reason);

        [LoggerMessage(
            326,
            LogLevel.Warning,
            "Group {Group} reads no further in {Topic}[{Partition}]: {Window} events wait behind offset {Oldest}, which is not done. "
            + "It goes on by itself.")]
        public static partial void Paused(ILogger logger, string group, string topic, int partition, int window, long? oldest);

        [LoggerMessage(325, LogLevel.Warning, "Group {Group} could not read: {Code} ({Reason}).")]
        public static partial void ReadFailed(ILogger logger, string group, ErrorCode code, string reason);
    }
}
