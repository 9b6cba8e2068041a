namespace Notifications.Worker.Messages;

/// <summary>
/// A message to a customer: one for each event and kind. It is written in the transaction of the event's inbox row and sent afterwards.
/// </summary>
internal sealed class Message
{
    /// <summary>The event that it is about: a hash of its source and id.</summary>
    public required Guid Identity { get; init; }

    /// <summary>The event's id, for display.</summary>
    public required string EventId { get; init; }

    /// <summary>One of <see cref="MessageKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The order or customer that it is about; key of the contact.</summary>
    public required Guid About { get; init; }

    /// <summary>
    /// Distinguishes several facts of one kind about an order: the provider's id of a payment. Null for facts that happen once, and in
    /// messages from before this column existed.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>Rendered subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Rendered plain text.</summary>
    public required string Body { get; init; }

    /// <summary>The state.</summary>
    public MessageState State { get; init; }

    /// <summary>Number of attempts to send it.</summary>
    public int Attempts { get; init; }

    /// <summary>When the fact happened, UTC; messages that are due together are sent in this order.</summary>
    public DateTimeOffset HappenedAt { get; init; }

    /// <summary>When it may be sent next, UTC.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The sender that holds it until <see cref="LockedUntil"/>; null if none does.</summary>
    public Guid? Lease { get; init; }

    /// <summary>When another sender may take it, UTC.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The last failure: the mail server's reply code, or why it didn't answer.</summary>
    public string? LastError { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Of the event.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>W3C Trace Context of the handler that wrote it, so that sending it belongs to the same trace.</summary>
    public string? TraceParent { get; init; }
}
