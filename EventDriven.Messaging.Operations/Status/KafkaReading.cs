using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>The state of Kafka.</summary>
/// <param name="Error">Why it could not be read, or not completely; null when it was.</param>
/// <param name="Cluster">Its id; null when it has none or does not answer.</param>
/// <param name="Members">Number of members by group; null when they are unknown.</param>
/// <param name="Lag">Lag by group. Groups of another cluster are left out.</param>
internal sealed record KafkaReading(
    string? Error, string? Cluster, IReadOnlyDictionary<string, int>? Members, IReadOnlyDictionary<string, GroupLag> Lag)
{
    /// <summary>Nothing could be read.</summary>
    public static KafkaReading Unreachable(string error) => new(error, null, null, new Dictionary<string, GroupLag>());
}
