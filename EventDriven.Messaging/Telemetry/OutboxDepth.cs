namespace EventDriven.Messaging.Telemetry;

/// <summary>The events that wait in the outbox.</summary>
/// <param name="Pending">Number of events that no broker has acknowledged.</param>
/// <param name="OldestAt">When the oldest of them happened; null if there is none.</param>
internal sealed record OutboxDepth(long Pending, DateTimeOffset? OldestAt)
{
    /// <summary>Age of the oldest event, from the clock: it keeps growing between measurements.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => OldestAt is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
}
