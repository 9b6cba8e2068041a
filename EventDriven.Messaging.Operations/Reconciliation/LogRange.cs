using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Reconciliation;

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
        var begins = await TimeOffsets.FindAsync(admin, bounds, since, cancellationToken);
        return bounds.ToDictionary(bound => bound.Key, bound => Of(bound.Value, begins.GetValueOrDefault(bound.Key, bound.Value.Low)));
    }

    private static LogRange Of(PartitionBounds bounds, long begin) => new(begin, bounds.High, MayLackOlder: bounds.Low > 0 && begin == bounds.Low);
}
