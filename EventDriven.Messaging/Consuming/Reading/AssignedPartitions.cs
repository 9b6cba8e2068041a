using Confluent.Kafka;
using EventDriven.Messaging.Consuming.Work;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// The partitions that a session has, from the moment it is given them until they are to be drained or
/// are lost. Only the reading thread uses it.
/// </summary>
/// <param name="consumer">Is told what to pause, and the offsets to commit.</param>
/// <param name="time">Measures how long partitions are drained.</param>
internal sealed class AssignedPartitions(IConsumer<byte[], byte[]> consumer, TimeProvider time)
{
    private readonly Dictionary<TopicPartition, PartitionProgress> _all = [];

    public IReadOnlyDictionary<TopicPartition, PartitionProgress> All => _all;

    /// <summary>Begins with partitions of which nothing is read yet.</summary>
    public IReadOnlyList<PartitionProgress> Add(List<TopicPartition> partitions)
    {
        var now = time.GetUtcNow();
        var added = partitions.ConvertAll(partition => new PartitionProgress(partition, now));
        added.ForEach(progress => _all[progress.Partition] = progress);
        return added;
    }

    /// <summary>Stops the client from reading a partition, or lets it go on, where it doesn't do so already.</summary>
    public void PauseOrResume(PartitionProgress progress, bool pauses)
    {
        if (pauses && !progress.Paused)
        {
            consumer.Pause([progress.Partition]);
        }
        else if (!pauses && progress.Paused)
        {
            consumer.Resume([progress.Partition]);
        }

        progress.Paused = pauses;
    }

    /// <summary>Stores how far a partition came, for the next commit.</summary>
    public void Store(PartitionProgress progress)
    {
        if (progress.TakeMoved() is { } offset)
        {
            consumer.StoreOffset(offset);
        }
    }

    /// <summary>Takes partitions that another instance is given next: what runs may finish, then how far they came is stored.</summary>
    /// <param name="revoked">Which.</param>
    /// <param name="bound">How long what runs may take; what takes longer is told to stop.</param>
    /// <param name="isDrained">Whether everything that ran has finished.</param>
    /// <returns>How many they were.</returns>
    public int Drain(List<TopicPartitionOffset> revoked, TimeSpan bound, out bool isDrained)
    {
        var given = Remove(revoked);
        given.ForEach(progress => progress.GiveUp());
        var started = time.GetTimestamp();
        isDrained = given.TrueForAll(progress => progress.WaitIdle(Max(bound - time.GetElapsedTime(started), TimeSpan.Zero)));

        // What finishes once it has been told to stop is not stored: its next owner may have begun.
        var offsets = given.ConvertAll(progress => progress.TakeMoved());
        given.ForEach(progress => progress.Abort());
        foreach (var offset in offsets.OfType<TopicPartitionOffset>())
        {
            consumer.StoreOffset(offset);
        }

        return given.Count;
    }

    /// <summary>Takes partitions that another instance has already: their work is told to stop and nothing is stored.</summary>
    /// <returns>How many they were.</returns>
    public int Drop(List<TopicPartitionOffset> lost)
    {
        var dropped = Remove(lost);
        dropped.ForEach(progress => progress.Abort());
        return dropped.Count;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private List<PartitionProgress> Remove(List<TopicPartitionOffset> partitions)
    {
        var removed = new List<PartitionProgress>(partitions.Count);
        foreach (var partition in partitions)
        {
            if (_all.Remove(partition.TopicPartition, out var progress))
            {
                removed.Add(progress);

                // The client keeps the pause beyond the assignment: should the partition come back, nothing of it would be read.
                PauseOrResume(progress, pauses: false);
            }
        }

        return removed;
    }
}
