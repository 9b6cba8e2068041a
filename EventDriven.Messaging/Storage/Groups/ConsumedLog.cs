namespace EventDriven.Messaging.Storage.Groups;

/// <summary>
/// A log that a group's effects were made from: a topic as one cluster has it. Nothing else remembers a log that was replaced: the group
/// registers with the new cluster, and its offsets are overwritten.
/// </summary>
internal sealed class ConsumedLog
{
    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>Topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Id of the Kafka cluster, or <see cref="MessagingOptions.Cluster"/>.</summary>
    public required string Cluster { get; init; }

    /// <summary>Kafka's id of the topic, which a topic that is made anew doesn't have; empty where the cluster gives none.</summary>
    public required string TopicId { get; init; }

    /// <summary>
    /// Offsets that the partitions began with when the group began to read, or when its read model was rebuilt; null when that isn't known.
    /// </summary>
    public long[]? Begins { get; init; }

    /// <summary>When an instance was given it first, UTC; minus infinity for what a version without this record has read.</summary>
    public required DateTimeOffset FirstReadAt { get; init; }

    /// <summary>When an instance was given it last, UTC.</summary>
    public required DateTimeOffset LastReadAt { get; init; }

    /// <summary>Whether the group is known to have gone past a record of it. Of the log that is read now, the offsets say so.</summary>
    public bool WasRead { get; init; }

    /// <summary>When the read model was rebuilt without it, UTC; null while the read model rests on it.</summary>
    public DateTimeOffset? LeftOutAt { get; init; }
}
