namespace EventDriven.Messaging.Events;

/// <summary>The attributes of a CloudEvents 1.0 event, without its data.</summary>
public sealed record EventEnvelope
{
    /// <summary>Identifies the event for ever; UUIDv7. Consumers recognise a repeated delivery by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The service that announces the fact, such as <c>/checkout</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The event's name and version, such as <c>eventdriven.orders.order-placed.v1</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the fact is about, and the Kafka key.</summary>
    public required string Subject { get; init; }

    /// <summary>When the fact happened, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Names everything that one request led to, across all services.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>What caused the fact: the id of the event that was being handled, or the span id of the request.</summary>
    public required string CausationId { get; init; }

    /// <summary>W3C Trace Context of the span that sent the event; null when it was sent outside of any trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>W3C <c>tracestate</c>; null when there is none.</summary>
    public string? TraceState { get; init; }
}
