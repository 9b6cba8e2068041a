using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>The offsets that a partition holds now.</summary>
/// <param name="Low">Offset of the oldest record that is kept.</param>
/// <param name="High">
/// Offset up to which readers can read: that of the next record, or that of the first record of an open transaction.
/// </param>
internal sealed record PartitionBounds(long Low, long High)
{
    /// <summary>Timeout of each request. A broker that doesn't answer in time counts as unreachable.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The bounds of all partitions of these topics; a topic that doesn't exist is left out.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, PartitionBounds>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken) =>
        await ReadAsync(admin, await PartitionsAsync(admin, topics, cancellationToken), cancellationToken);

    /// <summary>The bounds of these partitions.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, PartitionBounds>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
        {
            return new Dictionary<TopicPartition, PartitionBounds>();
        }

        // The end is read last, so that it is never smaller than the beginning.
        var low = await OffsetsAsync(admin, partitions, OffsetSpec.Earliest(), cancellationToken);
        var high = await OffsetsAsync(admin, partitions, OffsetSpec.Latest(), cancellationToken);
        return partitions.ToDictionary(partition => partition, partition => new PartitionBounds(low[partition], high[partition]));
    }

    /// <summary>
    /// The partitions of these topics. It asks for all topics, because some brokers create a topic that is asked for by name.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static Task<List<TopicPartition>> PartitionsAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken) => Task.Run(
        () => admin.GetMetadata(RequestTimeout).Topics
            .Where(topic => topics.Contains(topic.Topic) && topic.Error.Code == ErrorCode.NoError)
            .SelectMany(topic => topic.Partitions, (topic, partition) => new TopicPartition(topic.Topic, partition.PartitionId))
            .ToList(),
        cancellationToken);

    /// <summary>An offset of each partition, as readers see it: they can't read beyond the start of an open transaction.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, long>> OffsetsAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec, CancellationToken cancellationToken)
    {
        var found = await admin.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec }),
            new ListOffsetsOptions { RequestTimeout = RequestTimeout, IsolationLevel = IsolationLevel.ReadCommitted })
                .WaitAsync(cancellationToken);
        return found.ResultInfos.ToDictionary(
            info => info.TopicPartitionOffsetError.TopicPartition,
            info => Known(info.TopicPartitionOffsetError));
    }

    // librdkafka (2.16) reports no error when the request to a leader fails, usually because the leader is away: it leaves the offset
    // unset.
    private static long Known(TopicPartitionOffsetError found) =>
        found.Error.IsError ? throw new KafkaException(found.Error)
        : found.Offset == Offset.Unset ? throw new KafkaException(
            new Error(ErrorCode.Local_TimedOut, $"The leader of {found.TopicPartition} did not answer with an offset."))
        : found.Offset.Value;
}
