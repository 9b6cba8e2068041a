namespace EventDriven.Messaging.Telemetry;

/// <summary>What waits in the outbox.</summary>
/// <param name="Pending">Events that no broker has acknowledged.</param>
/// <param name="OldestAt">When the oldest of them happened; null when there is none.</param>
internal sealed record OutboxDepth(long Pending, DateTimeOffset? OldestAt)
{
    /// <summary>Age of the oldest, by the clock: it grows although nothing is measured.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => OldestAt is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
}
