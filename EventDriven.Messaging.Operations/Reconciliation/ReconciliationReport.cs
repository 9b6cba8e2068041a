using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>The result of a reconciliation.</summary>
public sealed class ReconciliationReport
{
    private readonly Dictionary<TopicPartition, DateTimeOffset> _begins = [];

    internal ReconciliationReport(DateTimeOffset since, IReadOnlyList<GroupReport> groups) => (Since, Groups) = (since, groups);

    /// <summary>Time from which events were compared, UTC.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<GroupReport> Groups { get; }

    /// <summary>Number of records that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Topics of the groups that the broker does not have.</summary>
    public IReadOnlyList<string> UnknownTopics { get; internal init; } = [];

    /// <summary>
    /// Time of the first record of each partition that begins later than <see cref="Since"/>, because older records were deleted, UTC.
    /// </summary>
    internal IReadOnlyDictionary<TopicPartition, DateTimeOffset> Begins => _begins;

    /// <summary>
    /// Topics that begin later than <see cref="Since"/>, because older records were deleted, each with the time of its first record, UTC.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> BeginLater => _begins
        .GroupBy(begin => begin.Key.Topic, StringComparer.Ordinal)
        .ToDictionary(topic => topic.Key, topic => topic.Max(begin => begin.Value), StringComparer.Ordinal);

    /// <summary>
    /// Whether anything is wrong. A missing topic is wrong, because its events are lost, handled or not. Records that
    /// were deleted after their retention are not.
    /// </summary>
    public bool IsWrong => UnknownTopics.Count > 0 || Groups.Any(group => group.IsWrong);

    /// <summary>Counts records.</summary>
    internal void Add(IReadOnlyCollection<LogRecord> records, IReadOnlyDictionary<TopicPartition, LogRange> ranges)
    {
        Read += records.Count;
        foreach (var record in records)
        {
            if (ranges[record.TopicPartition].MayLackOlder && record.Time > Since)
            {
                _begins.TryAdd(record.TopicPartition, record.Time);
            }
        }
    }
}
