namespace EventDriven.Cli.Lag;

/// <summary>How far a group is behind on one partition.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition.</param>
/// <param name="Position">Offset of the next record that the group handles.</param>
/// <param name="End">Offset after the last record.</param>
/// <param name="Events">Events that it has not handled.</param>
/// <param name="Seconds">Age of the oldest of them, in seconds; null when it is unknown.</param>
/// <param name="OldestAt">When the oldest of them happened; null when there is none, or it is unknown.</param>
internal sealed record PartitionLagJson(
    string Topic,
    int Partition,
    long Position,
    long End,
    long Events,
    double? Seconds,
    DateTimeOffset? OldestAt);
