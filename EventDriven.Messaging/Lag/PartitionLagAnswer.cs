namespace EventDriven.Messaging.Lag;

/// <summary>The lag of one partition, in <see cref="LagAnswer"/>.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Position">Offset of the oldest unhandled event.</param>
/// <param name="End">Offset that the next event will get.</param>
/// <param name="Events">Number of events in between.</param>
/// <param name="Seconds">Age of the oldest of them; null if its time could not be read.</param>
/// <param name="OldestAt">When the oldest of them happened, UTC.</param>
public sealed record PartitionLagAnswer(
    string Topic, int Partition, long Position, long End, long Events, double? Seconds, DateTimeOffset? OldestAt);
