namespace EventDriven.Messaging.Groups;

/// <summary>A consumer group as an operator finds it in a service's database.</summary>
/// <param name="Name">Kafka's group id.</param>
/// <param name="Cluster">The log that it reads: the cluster's id, or <see cref="MessagingOptions.Cluster"/>.</param>
/// <param name="Topics">Topics that it reads.</param>
/// <param name="EventTypes">The types that it handles, and since when; older events of a type were passed over.</param>
/// <param name="OffsetsInDatabase">Whether its offsets are in its database, and Kafka's don't count.</param>
/// <param name="InboxRetention">How long its inbox remembers an event.</param>
internal sealed record RegisteredGroup(
    string Name,
    string Cluster,
    IReadOnlyList<string> Topics,
    IReadOnlyDictionary<string, DateTimeOffset> EventTypes,
    bool OffsetsInDatabase,
    TimeSpan InboxRetention)
{
    /// <summary>Those of its topics that it reads as hearsay: nothing on them is missed.</summary>
    public IReadOnlyList<string> HearsayTopics { get; init; } = [];
}
