using EventDriven.Messaging.Operations.Outbox;

namespace EventDriven.Cli.Outbox;

/// <summary>What waits in one service's outbox.</summary>
/// <param name="Database">Name of its connection string.</param>
/// <param name="Pending">Number of events.</param>
/// <param name="OldestAt">When the oldest of them happened.</param>
/// <param name="First">Those that are sent first.</param>
internal sealed record WaitingEvents(string Database, long Pending, DateTimeOffset? OldestAt, IReadOnlyList<OutboxEntry> First)
{
    /// <summary>In seconds; null when nothing waits.</summary>
    public double? AgeAt(DateTimeOffset now) => OldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : null;
}
