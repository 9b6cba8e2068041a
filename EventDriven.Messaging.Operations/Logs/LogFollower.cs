using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// Reads what is new on a topic. It joins no group and stores no offset, so no group notices it. Not for concurrent use.
/// </summary>
public sealed class LogFollower : IDisposable
{
    private const int BufferedRecords = 500;
    private const int BufferedKilobytes = 4 * 1024;

    private readonly IConsumer<byte[], byte[]> _consumer;

    // The client's own position does not follow a seek until the next record.
    private readonly Dictionary<TopicPartition, long> _next;

    internal LogFollower(KafkaSettings kafka, IReadOnlyDictionary<TopicPartition, long> begin)
    {
        _next = new Dictionary<TopicPartition, long>(begin);
        var config = new ConsumerConfig
        {
            // The client wants a name; without a subscription and without commits it means nothing.
            GroupId = "eventdriven-reader",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AllowAutoCreateTopics = false,
            QueuedMinMessages = BufferedRecords,
            QueuedMaxMessagesKbytes = BufferedKilobytes,
            AutoOffsetReset = AutoOffsetReset.Latest,
        };
        _consumer = kafka.Follow(new ConsumerBuilder<byte[], byte[]>(kafka.ApplyTo(config))
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build());
        _consumer.Assign(begin.Select(partition => new TopicPartitionOffset(partition.Key, partition.Value)));
    }

    /// <summary>What has arrived, without waiting for more. While the broker is away, nothing has.</summary>
    /// <param name="atMost">The most records to read. Of what is older than the newest ones, the rest is passed over.</param>
    public LogPortion Read(int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        var events = new List<LoggedEvent>();
        while (events.Count < atMost && _consumer.Consume(TimeSpan.Zero) is { } record)
        {
            _next[record.TopicPartition] = record.Offset.Value + 1;
            events.Add(LoggedEvent.Of(record));
        }

        return new LogPortion(events, events.Count < atMost ? 0 : PassOver(Math.Max(1, atMost / _next.Count)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private long PassOver(int share)
    {
        var passed = 0L;
        foreach (var (partition, next) in _next.ToList())
        {
            var kept = _consumer.GetWatermarkOffsets(partition).High.Value - share;
            if (kept > next)
            {
                _consumer.Seek(new TopicPartitionOffset(partition, kept));
                _next[partition] = kept;
                passed += kept - next;
            }
        }

        return passed;
    }
}
