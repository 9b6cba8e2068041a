using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>Reads ranges of the log in portions, and recognises copies of events.</summary>
internal sealed class LogRecords(KafkaSettings kafka, IReadOnlyDictionary<TopicPartition, LogRange> ranges, TimeProvider time) : IDisposable
{
    // Three times as many as a relay has in flight, and they are spread over the partitions.
    private const int RememberedIds = 20_000;

    private readonly Dictionary<TopicPartition, RecentIds> _recent = ranges.Keys.ToDictionary(
        partition => partition, _ => new RecentIds(RememberedIds));

    // Records that retention deletes meanwhile need not be compared.
    private readonly LogReader _log = new(
        kafka,
        ranges.ToDictionary(range => range.Key, range => range.Value.Begin),
        ranges.ToDictionary(range => range.Key, range => range.Value.End),
        time,
        passesDeleted: true);

    /// <summary>The next records; none when all ranges are read. Blocks its thread.</summary>
    /// <param name="atMost">Their maximum number; fewer are returned only at the end.</param>
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
        return record with { IsCopy = record.Mark is { } mark && !_recent[record.TopicPartition].Add(mark.Identity) };
    }
}
