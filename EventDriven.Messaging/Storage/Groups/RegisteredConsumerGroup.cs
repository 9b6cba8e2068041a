namespace EventDriven.Messaging.Storage.Groups;

/// <summary>
/// What a consumer group is, in its service's own database, so that operators need no service's code to know it. Each
/// instance writes it when it begins to read.
/// </summary>
internal sealed class RegisteredConsumerGroup
{
    /// <summary>Kafka's group id.</summary>
    public required string Group { get; init; }

    /// <summary>The log that it reads: the cluster's id, or <see cref="MessagingOptions.Cluster"/>.</summary>
    public required string Cluster { get; init; }

    /// <summary>Topics that it reads.</summary>
    public required string[] Topics { get; init; }

    /// <summary>Those of them that it reads as hearsay.</summary>
    public string[] HearsayTopics { get; init; } = [];

    /// <summary>Whether its offsets are in <c>consumer_offsets</c>, and Kafka's don't count.</summary>
    public required bool OffsetsInDatabase { get; init; }

    /// <summary>How long its inbox remembers an event, in days.</summary>
    public required int InboxRetentionDays { get; init; }

    /// <summary>When an instance began to read last, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// When an instance that reads for the group was last seen, UTC, by the database's clock and to within
    /// <see cref="GroupTable.SeenEvery"/>; null when none was since this column exists. Kafka tells who is in
    /// a group, and nobody since when nobody is.
    /// </summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Until when it doesn't read, by the database's clock; null or past: it reads.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Who asked for that.</summary>
    public string? PausedBy { get; init; }

    /// <summary>
    /// Grows whenever it is set back. What Redis noted before doesn't count: it may know more than a database that was restored.
    /// </summary>
    public int Replays { get; init; }
}
