using Confluent.Kafka;

namespace EventDriven.Messaging.Reconciliation;

/// <summary>Reads ranges of the log in portions, beside every group: it joins none and commits nothing.</summary>
internal sealed class LogReader : IDisposable
{
    private const int MaxBufferedKilobytes = 16 * 1024;

    // Three times as many as a relay has in flight, and they are spread over the partitions.
    private const int RememberedIds = 20_000;

    private static readonly TimeSpan ReadWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, long> _ends;
    private readonly Dictionary<TopicPartition, RecentIds> _recent;

    public LogReader(string bootstrapServers, IReadOnlyDictionary<TopicPartition, LogRange> ranges, TimeProvider time)
    {
        _time = time;
        _ends = ranges.Where(range => range.Value.Begin < range.Value.End).ToDictionary(range => range.Key, range => range.Value.End);
        _recent = _ends.Keys.ToDictionary(partition => partition, _ => new RecentIds(RememberedIds));
        var config = new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,

            // The client wants a name; without a subscription and without commits it means nothing.
            GroupId = "reconcile",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AllowAutoCreateTopics = false,
            QueuedMaxMessagesKbytes = MaxBufferedKilobytes,

            // What retention deletes while it is read is passed over.
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        _consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Assign(_ends.Keys.Select(partition => new TopicPartitionOffset(partition, ranges[partition].Begin)));
    }

    /// <summary>The next records; none when all ranges are read. Blocks its thread.</summary>
    /// <param name="atMost">Number of them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public List<LogRecord> Read(int atMost, CancellationToken cancellationToken)
    {
        var records = new List<LogRecord>(atMost);
        var heard = _time.GetTimestamp();
        while (_ends.Count > 0 && records.Count < atMost)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_consumer.Consume(ReadWait) is { } result)
            {
                heard = _time.GetTimestamp();
                Take(result, records);
            }
            else if (_time.GetElapsedTime(heard) > Patience)
            {
                throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"nothing was read for {Patience.TotalSeconds} s"));
            }
        }

        return records;
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private void Take(ConsumeResult<byte[], byte[]> result, List<LogRecord> records)
    {
        if (!_ends.TryGetValue(result.TopicPartition, out var end))
        {
            return;
        }

        if (!result.IsPartitionEOF && result.Offset.Value < end)
        {
            var record = LogRecord.Of(result);
            records.Add(record with { IsCopy = record.EventId is { } id && !_recent[result.TopicPartition].Add(id) });
        }

        // The last offset may hold no record: then what comes next says so, another record or the end of the partition.
        if (result.IsPartitionEOF || result.Offset.Value >= end - 1)
        {
            _ends.Remove(result.TopicPartition);
            _consumer.IncrementalUnassign([result.TopicPartition]);
        }
    }
}
