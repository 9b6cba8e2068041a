namespace EventDriven.Messaging.Telemetry;

/// <summary>How far a group is behind on one partition.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Position">
/// Offset of the oldest unhandled event that the log still holds, or an offset before it; the end if there is none.
/// </param>
/// <param name="End">Offset that the next event will get.</param>
/// <param name="OldestAt">
/// When the event at <paramref name="Position"/> happened; null if there is none, or its time could not be read.
/// </param>
public sealed record PartitionLag(string Topic, int Partition, long Position, long End, DateTimeOffset? OldestAt)
{
    /// <summary>Events that the group has not handled.</summary>
    public long Events => Math.Max(0, End - Position);

    /// <summary>Age of the oldest of them, in seconds; 0 if there is none, null if its time is not known.</summary>
    public double? SecondsAt(DateTimeOffset now) =>
        Events == 0 ? 0 : OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : null;
}
