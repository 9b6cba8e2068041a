using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>What a partition holds now.</summary>
/// <param name="Low">Offset of the oldest record that is kept.</param>
/// <param name="High">Offset before which readers are given what there is: the next record's, or the first one's of a transaction that is not ended.</param>
internal sealed record PartitionBounds(long Low, long High)
{
    /// <summary>For each request; a broker that doesn't answer within it counts as unreachable.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The bounds of all partitions of some topics; a topic that doesn't exist has none.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, PartitionBounds>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken) =>
        await ReadAsync(admin, await PartitionsAsync(admin, topics, cancellationToken), cancellationToken);

    /// <summary>The bounds of some partitions.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, PartitionBounds>> ReadAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
        {
            return new Dictionary<TopicPartition, PartitionBounds>();
        }

        // The end is asked for last: a record that comes in between must not make the end smaller than the beginning.
        var low = await OffsetsAsync(admin, partitions, OffsetSpec.Earliest(), cancellationToken);
        var high = await OffsetsAsync(admin, partitions, OffsetSpec.Latest(), cancellationToken);
        return partitions.ToDictionary(partition => partition, partition => new PartitionBounds(low[partition], high[partition]));
    }

    /// <summary>The partitions of some topics. Asks for all topics, because asking by name makes some brokers create them.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static Task<List<TopicPartition>> PartitionsAsync(IAdminClient admin, IReadOnlyCollection<string> topics, CancellationToken cancellationToken) => Task.Run(
        () => admin.GetMetadata(RequestTimeout).Topics
            .Where(topic => topics.Contains(topic.Topic) && topic.Error.Code == ErrorCode.NoError)
            .SelectMany(topic => topic.Partitions, (topic, partition) => new TopicPartition(topic.Topic, partition.PartitionId))
            .ToList(),
        cancellationToken);

    /// <summary>An offset of each partition, as readers see it: what stands in or behind a transaction that is not ended is not given to them yet.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<TopicPartition, long>> OffsetsAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec, CancellationToken cancellationToken)
    {
        var found = await admin.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec }),
            new ListOffsetsOptions { RequestTimeout = RequestTimeout, IsolationLevel = IsolationLevel.ReadCommitted }).WaitAsync(cancellationToken);
        return found.ResultInfos.ToDictionary(
            info => info.TopicPartitionOffsetError.TopicPartition,
            info => Known(info.TopicPartitionOffsetError));
    }

    // A request to a leader that failed, mostly because it is away, is no error to librdkafka (2.16): it leaves the offset out.
    private static long Known(TopicPartitionOffsetError found) =>
        found.Error.IsError ? throw new KafkaException(found.Error)
        : found.Offset == Offset.Unset ? throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"The leader of {found.TopicPartition} gave no offset."))
        : found.Offset.Value;
}
