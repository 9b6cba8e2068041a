namespace EventDriven.Messaging;

/// <summary>The attributes of a CloudEvents 1.0 event, without its data.</summary>
public sealed record EventEnvelope
{
    /// <summary>Names the event within its source, for ever: a UUIDv7 of ours, any string of others.</summary>
    public required string Id { get; init; }

    /// <summary>The service that announces the fact, such as <c>/checkout</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The event's name and version, such as <c>eventdriven.orders.order-placed.v1</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the fact is about, and the Kafka key.</summary>
    public required string Subject { get; init; }

    /// <summary>When the fact happened, UTC; when its record was written where its producer doesn't say.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Names everything that one request led to, across all services.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>What caused the fact: the id of the event that was being handled, or the span id of the request.</summary>
    public required string CausationId { get; init; }

    /// <summary>W3C Trace Context of the span that sent the event; null when it was sent outside of any trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>W3C <c>tracestate</c>; null when there is none.</summary>
    public string? TraceState { get; init; }

    /// <summary>
    /// Source and id in 16 bytes: what a repeated delivery is recognised by, and a key for rows that are written once an event.
    /// </summary>
    public Guid Identity() => EventIdentity.Of(Source, Id);

    /// <summary>
    /// The id where it may stand in a header, a log line and a span: up to 128 visible ASCII characters; else the identity.
    /// </summary>
    public string DisplayId() => EventIdentity.Printable(Source, Id);
}
