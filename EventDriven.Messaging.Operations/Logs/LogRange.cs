using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>The part of a partition that is reconciled.</summary>
/// <param name="Begin">Offset of the first record that is not older than the requested time.</param>
/// <param name="End">Offset of the next record when the range was read.</param>
/// <param name="MayLackOlder">Whether records before it were deleted, some of which may have been young enough.</param>
internal sealed record LogRange(long Begin, long End, bool MayLackOlder)
{
    /// <summary>The ranges of all partitions of some topics.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, LogRange>> FindAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(admin, topics, cancellationToken);
        var begins = await TimeOffsets.FindAsync(admin, bounds, since, cancellationToken);
        return bounds.ToDictionary(bound => bound.Key, bound => Of(bound.Value, begins.GetValueOrDefault(bound.Key, bound.Value.Low)));
    }

    private static LogRange Of(PartitionBounds bounds, long begin) =>
        new(begin, bounds.High, MayLackOlder: bounds.Low > 0 && begin == bounds.Low);
}
