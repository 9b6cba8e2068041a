namespace EventDriven.Cli.Lag;

/// <summary>How far a group is behind. Groups that read another log are left out.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="MeasuredAt">When it was measured.</param>
/// <param name="Events">Events that it has not handled.</param>
/// <param name="Seconds">Age of the oldest of them, in seconds; null when it is unknown.</param>
/// <param name="Partitions">The same by partition.</param>
/// <param name="Members">Number of its members; null when the cluster does not know them.</param>
internal sealed record GroupLagJson(
    string Group,
    DateTimeOffset MeasuredAt,
    long Events,
    double? Seconds,
    IReadOnlyList<PartitionLagJson> Partitions,
    int? Members);
