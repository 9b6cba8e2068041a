namespace EventDriven.Messaging.Telemetry;

/// <summary>
/// How far a group is behind, measured from the log: the result is the same in every process, whether the group runs or not (law L8).
/// </summary>
/// <param name="Group">Consumer group.</param>
/// <param name="MeasuredAt">When it was measured, UTC.</param>
/// <param name="Partitions">Every partition of the group's topics.</param>
public sealed record GroupLag(string Group, DateTimeOffset MeasuredAt, IReadOnlyList<PartitionLag> Partitions)
{
    /// <summary>Events that the group has not handled.</summary>
    public long Events => Partitions.Sum(partition => partition.Events);

    /// <summary>Age of the oldest of them, in seconds; 0 if there is none, null if the time of a candidate is not known.</summary>
    public double? SecondsAt(DateTimeOffset now) =>
        Partitions.Any(partition => partition.SecondsAt(now) is null) ? null : Partitions.Max(partition => partition.SecondsAt(now)) ?? 0;
}
