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
    private readonly IReadOnlyDictionary<TopicPartition, long> _begin;

    internal LogFollower(KafkaSettings kafka, IReadOnlyDictionary<TopicPartition, long> begin)
    {
        _begin = begin;
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
            events.Add(LoggedEvent.Of(record));
        }

        return new LogPortion(events, events.Count < atMost ? 0 : PassOver(Math.Max(1, atMost / _begin.Count)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private long PassOver(int kept)
    {
        var passed = 0L;
        foreach (var (partition, begin) in _begin)
        {
            var position = _consumer.Position(partition) is { IsSpecial: false } at ? at.Value : begin;
            var next = _consumer.GetWatermarkOffsets(partition).High.Value - kept;
            if (next > position)
            {
                _consumer.Seek(new TopicPartitionOffset(partition, next));
                passed += next - position;
            }
        }

        return passed;
    }
}
