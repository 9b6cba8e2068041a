namespace EventDriven.Messaging.Telemetry;

/// <summary>How far a group is behind, measured at the log: the same from every process, whether the group runs or not (law L8).</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="MeasuredAt">When, UTC.</param>
/// <param name="Partitions">Every partition of its topics.</param>
public sealed record GroupLag(string Group, DateTimeOffset MeasuredAt, IReadOnlyList<PartitionLag> Partitions)
{
    /// <summary>Events that the group has not handled.</summary>
    public long Events => Partitions.Sum(partition => partition.Events);

    /// <summary>Age of the oldest of them, in seconds; 0 when the group has caught up, null when the time of one that may be the oldest is not known.</summary>
    public double? SecondsAt(DateTimeOffset now) =>
        Partitions.Any(partition => partition.SecondsAt(now) is null) ? null : Partitions.Max(partition => partition.SecondsAt(now)) ?? 0;
}
