using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>What ranges of the log say about events, in portions; knows an event that was sent twice.</summary>
internal sealed class LogRecords(string bootstrapServers, IReadOnlyDictionary<TopicPartition, LogRange> ranges, TimeProvider time) : IDisposable
{
    // Three times as many as a relay has in flight, and they are spread over the partitions.
    private const int RememberedIds = 20_000;

    private readonly Dictionary<TopicPartition, RecentIds> _recent = ranges.Keys.ToDictionary(partition => partition, _ => new RecentIds(RememberedIds));

    // What retention deletes while it is read can't be compared any more, and needs not be.
    private readonly LogReader _log = new(
        bootstrapServers,
        ranges.ToDictionary(range => range.Key, range => range.Value.Begin),
        ranges.ToDictionary(range => range.Key, range => range.Value.End),
        time,
        passesDeleted: true);

    /// <summary>The next records; none when all ranges are read. Blocks its thread.</summary>
    /// <param name="atMost">Number of them; fewer only at the end.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public List<LogRecord> Read(int atMost, CancellationToken cancellationToken)
    {
        var records = new List<LogRecord>(atMost);
        while (records.Count < atMost && _log.Read(atMost - records.Count, cancellationToken) is { Count: > 0 } read)
        {
            records.AddRange(read.Select(Note));
        }

        return records;
    }

    public void Dispose() => _log.Dispose();

    private LogRecord Note(ConsumeResult<byte[], byte[]> read)
    {
        var record = LogRecord.Of(read);
        return record with { IsCopy = record.Mark is { } mark && !_recent[record.Partition].Add(mark.Identity) };
    }
}
