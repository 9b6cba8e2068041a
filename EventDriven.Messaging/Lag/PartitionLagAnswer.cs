namespace EventDriven.Messaging.Lag;

/// <summary>A part of <see cref="LagAnswer"/>.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Position">Offset of the oldest unhandled event.</param>
/// <param name="End">Offset that the next event will get.</param>
/// <param name="Events">Events in between.</param>
/// <param name="Seconds">Age of the oldest of them; null when its time could not be read.</param>
/// <param name="OldestAt">When it happened, UTC.</param>
internal sealed record PartitionLagAnswer(
    string Topic, int Partition, long Position, long End, long Events, double? Seconds, DateTimeOffset? OldestAt);
