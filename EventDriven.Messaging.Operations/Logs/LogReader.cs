using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// Reads a part of the log in the order of each partition. It joins no group and stores no offset, so no group notices it.
/// </summary>
internal sealed class LogReader : IDisposable
{
    private const int MaxBufferedKilobytes = 64 * 1024;
    private static readonly TimeSpan ReadWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, long> _ends;

    /// <summary>Begins to read.</summary>
    /// <param name="kafka">Where Kafka is, and how its clients connect.</param>
    /// <param name="from">Offset to begin with, by partition.</param>
    /// <param name="until">
    /// Offset to stop before, by partition; a partition without one, or with one that is not greater than its beginning, is not read.
    /// </param>
    /// <param name="time">Measures how long nothing is read.</param>
    /// <param name="passesDeleted">
    /// Whether records that retention deletes meanwhile are passed over; otherwise their absence is an error.
    /// </param>
    public LogReader(
        KafkaSettings kafka,
        IReadOnlyDictionary<TopicPartition, long> from,
        IReadOnlyDictionary<TopicPartition, long> until,
        TimeProvider time,
        bool passesDeleted = false)
    {
        _time = time;
        _ends = until.Where(end => from[end.Key] < end.Value).ToDictionary(end => end.Key, end => end.Value);
        var config = new ConsumerConfig
        {
            // The client wants a name; without a subscription and without commits it means nothing.
            GroupId = "eventdriven-reader",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = MaxBufferedKilobytes,

            AutoOffsetReset = passesDeleted ? AutoOffsetReset.Earliest : AutoOffsetReset.Error,
        };
        _consumer = kafka.Follow(new ConsumerBuilder<byte[], byte[]>(kafka.ApplyTo(config))
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build());
        _consumer.Assign(_ends.Keys.Select(partition => new TopicPartitionOffset(partition, from[partition])));
    }

    /// <summary>The next records, as many as have arrived; none when everything is read. Blocks its thread.</summary>
    /// <param name="atMost">Their maximum number.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KafkaException">The broker can't be reached, refuses, or has deleted records that were to be read.</exception>
    public List<ConsumeResult<byte[], byte[]>> Read(int atMost, CancellationToken cancellationToken)
    {
        var records = new List<ConsumeResult<byte[], byte[]>>(atMost);
        var heard = _time.GetTimestamp();
        while (_ends.Count > 0 && records.Count < atMost)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_consumer.Consume(records.Count == 0 ? ReadWait : TimeSpan.Zero) is { } result)
            {
                heard = _time.GetTimestamp();
                Take(result, records);
            }
            else if (records.Count > 0)
            {
                break;
            }
            else if (_time.GetElapsedTime(heard) > Timeout)
            {
                throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"nothing was read for {Timeout.TotalSeconds} s"));
            }
        }

        return records;
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private void Take(ConsumeResult<byte[], byte[]> result, List<ConsumeResult<byte[], byte[]>> records)
    {
        if (!_ends.TryGetValue(result.TopicPartition, out var end))
        {
            return;
        }

        if (!result.IsPartitionEOF && result.Offset.Value < end)
        {
            records.Add(result);
        }

        // The last offset may hold no record. Then the next record, or the end of the partition, shows that it is passed.
        if (result.IsPartitionEOF ? result.Offset.Value >= end : result.Offset.Value >= end - 1)
        {
            _ends.Remove(result.TopicPartition);
            _consumer.IncrementalUnassign([result.TopicPartition]);
        }
    }
}
