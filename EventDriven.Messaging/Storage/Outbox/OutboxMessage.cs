namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>A row of the outbox: an event that is committed and not yet acknowledged by the broker.</summary>
public sealed class OutboxMessage
{
    /// <summary>
    /// Order of sending; given by the database while it holds the key's lock, so that it is the order of commits within a key.
    /// </summary>
    public long Sequence { get; private set; }

    /// <summary>Hash of the key, 0 to 63; one relay at a time owns a bucket. Given by the database.</summary>
    public short Bucket { get; private set; }

    /// <summary>The event's id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>Topic to send to.</summary>
    public required string Topic { get; init; }

    /// <summary>Kafka key, and the event's subject.</summary>
    public required string Key { get; init; }

    /// <summary>The event's name and version.</summary>
    public required string Type { get; init; }

    /// <summary>When the fact happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>See <see cref="EventEnvelope.CorrelationId"/>.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>See <see cref="EventEnvelope.CausationId"/>.</summary>
    public required string CausationId { get; init; }

    /// <summary>W3C Trace Context of the request or handler that announced the fact.</summary>
    public string? TraceParent { get; init; }

    /// <summary>W3C <c>tracestate</c>.</summary>
    public string? TraceState { get; init; }

    /// <summary>The data, UTF-8 JSON.</summary>
    public required byte[] Data { get; init; }
}
