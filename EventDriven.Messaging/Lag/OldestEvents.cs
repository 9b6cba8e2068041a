using Confluent.Kafka;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Reads the first event at each position from the log, and when it happened. The client joins no group, so measuring a group never changes
/// it. It exists only while a group is behind. Not for concurrent use.
/// </summary>
internal sealed class OldestEvents(KafkaSettings kafka, TimeProvider time) : IDisposable
{
    // Short enough to notice a stop. After this many waits without an event (3 s), the missing ones are left to the next measurement.
    private static readonly TimeSpan ReadWait = TimeSpan.FromMilliseconds(100);
    private const int WaitsInVain = 30;

    // A client takes some milliseconds to create and costs a little for as long as it exists.
    private static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(1);

    private IConsumer<byte[], byte[]>? _consumer;
    private long _used;

    /// <summary>
    /// The first event at or after each position; null if only transaction markers and aborted records follow. Positions where nothing
    /// could be read in time are left out.
    /// </summary>
    /// <param name="positions">At most one a partition.</param>
    /// <param name="known">Earlier results that are still valid: a position that has not moved has the same event.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="KafkaException">The client can't be created.</exception>
    public async Task<IReadOnlyDictionary<TopicPartitionOffset, OldestEvent?>> ReadAsync(
        IReadOnlyCollection<TopicPartitionOffset> positions,
        IReadOnlyDictionary<TopicPartitionOffset, OldestEvent?>? known,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<TopicPartitionOffset, OldestEvent?>();
        var missing = new List<TopicPartitionOffset>();
        foreach (var position in positions)
        {
            if (known is not null && known.TryGetValue(position, out var oldest))
            {
                found.Add(position, oldest);
            }
            else
            {
                missing.Add(position);
            }
        }

        if (missing.Count > 0)
        {
            // The client can't read asynchronously.
            await Task.Run(() => Read(missing, found, cancellationToken), cancellationToken);
            _used = time.GetTimestamp();
        }
        else if (_consumer is not null && time.GetElapsedTime(_used) > KeptIdle)
        {
            Dispose();
        }

        return found;
    }

    public void Dispose()
    {
        _consumer?.Dispose();
        _consumer = null;
    }

    private void Read(
        List<TopicPartitionOffset> missing, Dictionary<TopicPartitionOffset, OldestEvent?> found, CancellationToken cancellationToken)
    {
        _consumer ??= Build();
        var wanted = missing.ToDictionary(position => position.TopicPartition);
        var paused = new List<TopicPartition>();
        var inVain = 0;
        _consumer.Assign(missing);
        try
        {
            while (wanted.Count > 0 && inVain < WaitsInVain)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Next(_consumer) is not { } record)
                {
                    inVain++;
                }
                else if (wanted.Remove(record.TopicPartition, out var position))
                {
                    found[position] = record.IsPartitionEOF ? null
                        : new OldestEvent(record.Offset.Value, KafkaBinding.TimeOf(record.Message));
                    _consumer.Pause([record.TopicPartition]);
                    paused.Add(record.TopicPartition);
                }
            }
        }
        finally
        {
            // A pause outlives the assignment: without this, the next reading would get nothing from the partition.
            _consumer.Resume(paused);
            _consumer.Unassign();
        }

        if (inVain == WaitsInVain && wanted.Count == missing.Count)
        {
            // The client may have forgotten every broker; see BootstrapReminder.
            Dispose();
        }
    }

    private static ConsumeResult<byte[], byte[]>? Next(IConsumer<byte[], byte[]> consumer)
    {
        try
        {
            return consumer.Consume(ReadWait);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            // For example, the partition's leader is moving.
            return null;
        }
    }

    private IConsumer<byte[], byte[]> Build() => kafka.Follow(new ConsumerBuilder<byte[], byte[]>(kafka.ApplyTo(new ConsumerConfig
    {
        // The client wants a name of a group; nothing joins it and nothing is committed.
        GroupId = "eventdriven-lag",
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,

        // The record at the position may have been deleted meanwhile.
        AutoOffsetReset = AutoOffsetReset.Earliest,
        AllowAutoCreateTopics = false,

        // One event a partition is enough.
        MaxPartitionFetchBytes = 16 * 1024,
        QueuedMinMessages = 1,
        ReconnectBackoffMaxMs = 1_000,
    }))
    .SetLogHandler((_, _) => { })
    .SetErrorHandler((_, _) => { })
    .Build());
}
