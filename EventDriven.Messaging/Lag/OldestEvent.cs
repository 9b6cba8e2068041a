namespace EventDriven.Messaging.Lag;

/// <summary>The first event at or after a position.</summary>
/// <param name="Offset">Its offset.</param>
/// <param name="HappenedAt">When the fact happened.</param>
internal sealed record OldestEvent(long Offset, DateTimeOffset HappenedAt);
