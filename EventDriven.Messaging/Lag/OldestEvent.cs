namespace EventDriven.Messaging.Lag;

/// <summary>The first event at or after a position.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="HappenedAt">When it happened.</param>
internal sealed record OldestEvent(long Offset, DateTimeOffset HappenedAt);
