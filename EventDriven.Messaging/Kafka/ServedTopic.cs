using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Kafka;

/// <summary>A topic on the broker.</summary>
/// <param name="Partitions">Number of its partitions.</param>
/// <param name="LongestLife">
/// How long the broker may keep an event: the retention plus, because whole segments are deleted, the time of one segment. Null if
/// it keeps events forever or does not say.
/// </param>
internal sealed record ServedTopic(int Partitions, TimeSpan? LongestLife)
{
    /// <summary>What this client may do with the topic; null if the broker does not say.</summary>
    public IReadOnlySet<AclOperation>? Allowed { get; init; }
}
