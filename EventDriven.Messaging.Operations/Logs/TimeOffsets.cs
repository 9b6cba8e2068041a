using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>Finds records by their time.</summary>
internal static class TimeOffsets
{
    /// <summary>
    /// Offset of each partition's first record that is not older than a time, within its bounds; the end where all are older. A partition
    /// is missing when the broker can't find records by time. The caller must then read all of it.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, long>> FindAsync(
        IAdminClient admin,
        IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds,
        DateTimeOffset time,
        CancellationToken cancellationToken)
    {
        var found = await AskAsync(admin, [.. bounds.Keys], time, cancellationToken);

        // A partition without records since that time gives no offset. The cluster built into librdkafka never gives one, not
        // even for 1970, which tells the two apart.
        var silent = bounds.Where(bound => found[bound.Key] < 0 && bound.Value.Low < bound.Value.High).Select(bound => bound.Key).ToArray();
        var ever = await AskAsync(admin, silent, DateTimeOffset.UnixEpoch, cancellationToken);
        return bounds.Where(bound => ever.GetValueOrDefault(bound.Key) >= 0).ToDictionary(
            bound => bound.Key,
            bound => found[bound.Key] < 0 ? bound.Value.High : Math.Clamp(found[bound.Key], bound.Value.Low, bound.Value.High));
    }

    private static async Task<IReadOnlyDictionary<TopicPartition, long>> AskAsync(
        IAdminClient admin, TopicPartition[] partitions, DateTimeOffset time, CancellationToken cancellationToken) => partitions.Length == 0
        ? new Dictionary<TopicPartition, long>()
        : await PartitionBounds.OffsetsAsync(admin, partitions, OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()), cancellationToken);
}
