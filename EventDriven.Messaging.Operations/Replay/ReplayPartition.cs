using Confluent.Kafka;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>What a replay does to one partition.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="From">Offset of the first event that is delivered again.</param>
/// <param name="Until">Offset after the last event that is delivered again, at most <paramref name="Position"/>.</param>
/// <param name="Position">The group's position before the replay.</param>
public sealed record ReplayPartition(string Topic, int Partition, long From, long Until, long Position)
{
    /// <summary>How many events are delivered again at most. The broker may have deleted some.</summary>
    public long Events => Until - From;

    internal TopicPartition TopicPartition => new(Topic, Partition);
}
