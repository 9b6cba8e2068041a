namespace EventDriven.Messaging.Operations.Topics;

/// <summary>
/// The change that brings a topic to its declaration. It only ever adds: partitions and retention beyond the declaration stay.
/// </summary>
/// <param name="Topic">The topic as it is declared.</param>
/// <param name="Existing">The topic as the broker has it; null when it does not exist.</param>
public sealed record TopicChange(DeclaredTopic Topic, BrokerTopic? Existing)
{
    /// <summary>Whether the topic has to be created.</summary>
    public bool Create => Existing is null;

    /// <summary>Whether the topic has fewer partitions than declared.</summary>
    public bool GrowPartitions => Existing is { } existing && existing.Partitions < Topic.Partitions;

    /// <summary>Whether the topic keeps events for a shorter time than declared.</summary>
    public bool LengthenRetention =>
        Existing?.Retention is { } retention && retention != Timeout.InfiniteTimeSpan && retention < Topic.Retention;

    /// <summary>Whether anything has to be changed.</summary>
    public bool IsNeeded => Create || GrowPartitions || LengthenRetention;
}
