using Confluent.Kafka;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>What a replay does to one partition.</summary>
/// <param name="Partition">Topic and number.</param>
/// <param name="From">Offset of the first event that is delivered again.</param>
/// <param name="Until">Offset of the first event that isn't, at most <paramref name="Position"/>.</param>
/// <param name="Position">Where the group stands before the replay.</param>
internal sealed record ReplayPartition(TopicPartition Partition, long From, long Until, long Position)
{
    /// <summary>How many events are delivered again, at most: the broker may have deleted some.</summary>
    public long Events => Until - From;
}
