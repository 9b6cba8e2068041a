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

        var first = await PartitionBounds.OffsetsAsync(
            admin, [.. bounds.Keys], OffsetSpec.ForTimestamp(since.ToUnixTimeMilliseconds()), cancellationToken);
        return bounds.ToDictionary(bound => bound.Key, bound => Of(bound.Value, first[bound.Key]));
    }

    // A partition that has nothing from that time on gives no offset, and one that has got a record since then gives one behind its end.
    private static LogRange Of(PartitionBounds bounds, long first) => first < 0
        ? new LogRange(bounds.High, bounds.High, MayLackOlder: false)
        : new LogRange(Math.Min(Math.Max(first, bounds.Low), bounds.High), bounds.High, bounds.Low > 0 && first <= bounds.Low);
}
