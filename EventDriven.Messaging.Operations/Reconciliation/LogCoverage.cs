using Confluent.Kafka;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// From when on a topic's part that was read holds all of its events: a key of which the log has no event is strange only if its fact happened since then.
/// </summary>
internal static class LogCoverage
{
    // A fact is sent after it happened, by a clock that may be this far from the one of its producer.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether all that a topic ever had was to be read: nothing of it is deleted.</summary>
    public static bool IsWhole(IReadOnlyDictionary<TopicPartition, LogRange> ranges, string topic) =>
        ranges.Where(range => range.Key.Topic == topic).All(range => range.Value.Begin == 0);

    /// <summary>
    /// From when on the topic is covered: <see cref="DateTimeOffset.MinValue"/> for a whole one, null when that isn't known. A topic that the broker doesn't
    /// have holds nothing, and is whole.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="ranges">What was read.</param>
    /// <param name="lows">Where partitions began when all was read: what retention deletes meanwhile may not have been read.</param>
    /// <param name="begins">When the first record was written of partitions that begin later than was asked for.</param>
    /// <param name="since">What was asked for.</param>
    public static DateTimeOffset? Since(
        string topic,
        IReadOnlyDictionary<TopicPartition, LogRange> ranges,
        IReadOnlyDictionary<TopicPartition, long> lows,
        IReadOnlyDictionary<TopicPartition, DateTimeOffset> begins,
        DateTimeOffset since)
    {
        var partitions = ranges.Where(range => range.Key.Topic == topic).ToList();
        if (partitions.TrueForAll(range => range.Value.Begin == 0 && lows.GetValueOrDefault(range.Key) == 0))
        {
            return DateTimeOffset.MinValue;
        }

        var covered = since;
        foreach (var (partition, range) in partitions)
        {
            if (!range.MayLackOlder && lows.GetValueOrDefault(partition) <= range.Begin)
            {
                continue;
            }

            if (lows.GetValueOrDefault(partition) > range.Begin || !begins.TryGetValue(partition, out var begin))
            {
                return null;
            }

            covered = covered > begin ? covered : begin;
        }

        return covered + Skew;
    }
}
