namespace EventDriven.Messaging.Storage.Inbox;

/// <summary>A row of the inbox: this group has applied this event. Written in the transaction of the effect, it is the truth about it (law L6).</summary>
public sealed class InboxEntry
{
    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>Which event: a hash of its source and its id, see <see cref="EventIdentity"/>.</summary>
    public required Guid Identity { get; init; }

    /// <summary>What it said, as a hash; null for an event of which that is not known, such as one that was discarded.</summary>
    public long? Content { get; init; }

    /// <summary>When it was applied, UTC.</summary>
    public required DateTimeOffset HandledAt { get; init; }
}
