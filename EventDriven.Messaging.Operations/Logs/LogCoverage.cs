using Confluent.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// The time since which the part of a topic that was read holds all of its events. A key without an event on the log is
/// wrong only when its fact happened since then.
/// </summary>
internal static class LogCoverage
{
    // A fact is sent after it happened, and the clocks of producer and broker may differ by this much.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether the ranges cover everything that a topic ever had, because nothing of it was deleted.</summary>
    public static bool IsWhole(IReadOnlyDictionary<TopicPartition, LogRange> ranges, string topic) =>
        ranges.Where(range => range.Key.Topic == topic).All(range => range.Value.Begin == 0);

    /// <summary>
    /// The time since which a topic is covered: <see cref="DateTimeOffset.MinValue"/> when it is whole, null when it is unknown. A
    /// topic that the broker does not have is whole.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="ranges">The ranges that were read.</param>
    /// <param name="lows">
    /// Beginnings of the partitions after reading: records that retention deleted meanwhile may not have been read.
    /// </param>
    /// <param name="begins">Time of the first record of each partition that begins later than requested.</param>
    /// <param name="since">The requested time.</param>
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
