using Confluent.Kafka;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Reads from the log which events stand first at some positions, and when they happened. Its client is a member of no group, so that looking at a group never changes
/// anything about it, and is there only while something is behind. Not for concurrent use.
/// </summary>
internal sealed class OldestEvents(string bootstrapServers, TimeProvider time) : IDisposable
{
    // Short enough that a stop is noticed. After so many waits in vain, what is missing is left to the next look: 3 s.
    private static readonly TimeSpan ReadWait = TimeSpan.FromMilliseconds(100);
    private const int WaitsInVain = 30;

    // A client costs some milliseconds to make, and a little all the time while it is there.
    private static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(1);

    private IConsumer<byte[], byte[]>? _consumer;
    private long _used;

    /// <summary>
    /// The first event at or after each position; null where nothing that a reader is given is left there: only markers of transactions, and what was
    /// aborted. Positions at which nothing could be read in time are left out.
    /// </summary>
    /// <param name="positions">At most one of a partition.</param>
    /// <param name="known">What was read before and still holds: a position that has not moved has the same event.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KafkaException">The client can't be made.</exception>
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
            // The client has no asynchronous form of reading.
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

    private void Read(List<TopicPartitionOffset> missing, Dictionary<TopicPartitionOffset, OldestEvent?> found, CancellationToken cancellationToken)
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
                    found[position] = record.IsPartitionEOF ? null : new OldestEvent(record.Offset.Value, KafkaBinding.TimeOf(record.Message));
                    _consumer.Pause([record.TopicPartition]);
                    paused.Add(record.TopicPartition);
                }
            }
        }
        finally
        {
            // The client keeps a pause beyond the assignment: nothing of the partition would be read the next time.
            _consumer.Resume(paused);
            _consumer.Unassign();
        }

        if (inVain == WaitsInVain && wanted.Count == missing.Count)
        {
            // It may have forgotten every broker: see BootstrapReminder.
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
            // Such as a partition whose leader moves.
            return null;
        }
    }

    private IConsumer<byte[], byte[]> Build() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = bootstrapServers,

        // The client wants a name of a group; nothing joins it and nothing is committed.
        GroupId = "eventdriven-lag",
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,

        // The position may have been deleted since it was read.
        AutoOffsetReset = AutoOffsetReset.Earliest,
        AllowAutoCreateTopics = false,

        // One event a partition is wanted.
        MaxPartitionFetchBytes = 16 * 1024,
        QueuedMinMessages = 1,
        ReconnectBackoffMaxMs = 1_000,
    })
    .SetLogHandler((_, _) => { })
    .SetErrorHandler((_, _) => { })
    .Build();
}
