using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Groups;

namespace EventDriven.Messaging.Reconciliation;

/// <summary>The part of a partition that is compared.</summary>
/// <param name="Begin">Offset of the first record that is not older than the time asked for.</param>
/// <param name="End">Offset that the next record had when it was asked.</param>
/// <param name="MayLackOlder">Whether the log begins here, with records deleted before: some of them may have been young enough.</param>
internal sealed record LogRange(long Begin, long End, bool MayLackOlder)
{
    /// <summary>The ranges of all partitions of some topics.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, LogRange>> FindAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(admin, topics, cancellationToken);
        if (bounds.Count == 0)
        {
            return new Dictionary<TopicPartition, LogRange>();
        }

        var first = await OffsetsAsync(admin, [.. bounds.Keys], since, cancellationToken);

        // A partition that has nothing from that time on gives no offset. Nor does a broker that can't find records by time, such as the built-in
        // cluster: it has nothing since 1970 either, and then all that it has is read.
        var silent = bounds.Where(bound => first[bound.Key] < 0 && bound.Value.Low < bound.Value.High).Select(bound => bound.Key).ToArray();
        var ever = await OffsetsAsync(admin, silent, DateTimeOffset.UnixEpoch, cancellationToken);
        return bounds.ToDictionary(
            bound => bound.Key, bound => Of(bound.Value, ever.GetValueOrDefault(bound.Key) < 0 ? bound.Value.Low : first[bound.Key]));
    }

    private static async Task<IReadOnlyDictionary<TopicPartition, long>> OffsetsAsync(
        IAdminClient admin, TopicPartition[] partitions, DateTimeOffset since, CancellationToken cancellationToken) => partitions.Length == 0
        ? new Dictionary<TopicPartition, long>()
        : await PartitionBounds.OffsetsAsync(admin, partitions, OffsetSpec.ForTimestamp(since.ToUnixTimeMilliseconds()), cancellationToken);

    // One that got a record since its bounds were read gives an offset behind its end.
    private static LogRange Of(PartitionBounds bounds, long first) => first < 0
        ? new LogRange(bounds.High, bounds.High, MayLackOlder: false)
        : new LogRange(Math.Min(Math.Max(first, bounds.Low), bounds.High), bounds.High, bounds.Low > 0 && first <= bounds.Low);
}
