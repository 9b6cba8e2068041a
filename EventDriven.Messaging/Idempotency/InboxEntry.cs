namespace EventDriven.Messaging.Idempotency;

/// <summary>A row of the inbox: this group has applied this event. Written in the transaction of the effect, it is the truth about it (law L6).</summary>
public sealed class InboxEntry
{
    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>The event's id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>When it was applied, UTC.</summary>
    public required DateTimeOffset HandledAt { get; init; }
}
