namespace EventDriven.Messaging.Operations.Outbox;

/// <summary>Events that wait in an outbox.</summary>
/// <param name="Pending">How many they are.</param>
/// <param name="OldestAt">When the oldest of them happened, UTC; null when none waits.</param>
public sealed record OutboxBacklog(long Pending, DateTimeOffset? OldestAt)
{
    /// <summary>Age of the oldest event, in seconds; null when none waits.</summary>
    public double? SecondsAt(DateTimeOffset now) => OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : null;
}
