using Confluent.Kafka;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>What a reconciliation found.</summary>
internal sealed class ReconciliationReport(DateTimeOffset since, IReadOnlyList<GroupReport> groups)
{
    private readonly Dictionary<TopicPartition, DateTimeOffset> _begins = [];

    /// <summary>Records that were sent before don't count, UTC.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>The groups.</summary>
    public IReadOnlyList<GroupReport> Groups { get; } = groups;

    /// <summary>Records that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Topics of the groups that the broker doesn't have.</summary>
    public IReadOnlyList<string> UnknownTopics { get; init; } = [];

    /// <summary>When the first record was written of each partition of which older ones were deleted, some of which may have been asked for, UTC.</summary>
    public IReadOnlyDictionary<TopicPartition, DateTimeOffset> Begins => _begins;

    /// <summary>
    /// Topics of which older records were deleted, some of which may have been sent since then, and when what is left begins, UTC: before that, the
    /// log can't tell.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> BeginLater => _begins
        .GroupBy(begin => begin.Key.Topic, StringComparer.Ordinal)
        .ToDictionary(topic => topic.Key, topic => topic.Max(begin => begin.Value), StringComparer.Ordinal);

    /// <summary>
    /// Whether something was lost or happened twice. A topic that is gone took its events with it, handled or not; records that were deleted after their
    /// retention did not: that is what a retention is for.
    /// </summary>
    public bool IsWrong => UnknownTopics.Count > 0 || Groups.Any(group => group.IsWrong);

    /// <summary>Notes what was read.</summary>
    public void Add(IReadOnlyCollection<LogRecord> records, IReadOnlyDictionary<TopicPartition, LogRange> ranges)
    {
        Read += records.Count;
        foreach (var record in records)
        {
            if (ranges[record.Partition].MayLackOlder && record.Time > Since)
            {
                _begins.TryAdd(record.Partition, record.Time);
            }
        }
    }
}
