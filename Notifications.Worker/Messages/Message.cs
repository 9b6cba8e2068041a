namespace Notifications.Worker.Messages;

/// <summary>A message to a customer: one an event and kind, written in the transaction of the event's inbox row and sent afterwards.</summary>
internal sealed class Message
{
    /// <summary>The event that it tells of: a hash of its source and its id.</summary>
    public required Guid Identity { get; init; }

    /// <summary>The event's id, for people.</summary>
    public required string EventId { get; init; }

    /// <summary>One of <see cref="MessageKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The order or customer that it is about; leads to the contact.</summary>
    public required Guid About { get; init; }

    /// <summary>
    /// Which of several facts of its kind about an order it tells: the provider's id of a payment. Null for what happens once, and in messages from
    /// before it was kept.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>Rendered subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Rendered plain text.</summary>
    public required string Body { get; init; }

    /// <summary>What became of it.</summary>
    public MessageState State { get; init; }

    /// <summary>How often sending it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When the fact happened, UTC; messages are sent in this order when they are due together.</summary>
    public DateTimeOffset HappenedAt { get; init; }

    /// <summary>When it may be sent next, UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The sender that has taken it, until <see cref="LockedUntil"/>; null when nobody has.</summary>
    public Guid? Lease { get; init; }

    /// <summary>When another sender may take it, UTC.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The mail server's last answer that was no acceptance: its reply code, or what kept it from answering.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Of the event.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>W3C Trace Context of the handler that wrote it, so that sending it stands in the same trace.</summary>
    public string? TraceParent { get; init; }
}
