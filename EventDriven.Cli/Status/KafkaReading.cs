using EventDriven.Messaging.Telemetry;

namespace EventDriven.Cli.Status;

/// <summary>What Kafka tells.</summary>
/// <param name="Error">Why it tells nothing, or not all; null when it does.</param>
/// <param name="Cluster">Its id; null when it gives none, or doesn't answer.</param>
/// <param name="Members">How many read for each group; null when it can't tell, or doesn't answer.</param>
/// <param name="Lag">By group; groups of another cluster are left out.</param>
internal sealed record KafkaReading(string? Error, string? Cluster, IReadOnlyDictionary<string, int>? Members, IReadOnlyDictionary<string, GroupLag> Lag)
{
    /// <summary>It doesn't answer.</summary>
    public static KafkaReading Away(string why) => new(why, null, null, new Dictionary<string, GroupLag>());
}
