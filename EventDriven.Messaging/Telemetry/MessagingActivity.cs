using System.Diagnostics;

namespace EventDriven.Messaging.Telemetry;

/// <summary>
/// Messaging's spans, named by OpenTelemetry's semantic conventions for Kafka: <c>send {topic}</c> by the relay and <c>process {topic}</c>
/// by a consumer, both in the trace of the request that the fact came from.
/// </summary>
public static class MessagingActivity
{
    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "EventDriven.Messaging";

    /// <summary>Span attribute and log field.</summary>
    public const string CorrelationId = "correlation_id";

    /// <summary>Span attribute and log field.</summary>
    public const string CausationId = "causation_id";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? StartSend(string topic, EventEnvelope envelope, int bytes)
    {
        var activity = Start("send", topic, ActivityKind.Producer, envelope);
        activity?.SetTag(CorrelationId, envelope.CorrelationId)
            .SetTag(CausationId, envelope.CausationId)
            .SetTag("messaging.message.body.size", bytes);
        return activity;
    }

    internal static Activity? StartProcess(Delivery delivery, EventEnvelope envelope, int batch) =>
        Start("process", delivery.Topic, ActivityKind.Consumer, envelope)
            ?.SetTag(CorrelationId, envelope.CorrelationId)
            .SetTag(CausationId, envelope.DisplayId())
            .SetTag("messaging.consumer.group.name", delivery.Group)
            .SetTag("messaging.destination.partition.id", delivery.Partition.ToString())
            .SetTag("messaging.kafka.offset", delivery.Offset)
            .SetTag("messaging.batch.message_count", batch)
            .SetTag("event.attempt", delivery.Attempt);

    /// <summary>Marks the span as failed.</summary>
    internal static void Failed(this Activity? activity, Exception exception) =>
        activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);

    private static Activity? Start(string operation, string topic, ActivityKind kind, EventEnvelope envelope)
    {
        // A missing or unreadable parent starts a new trace and doesn't fail the event. Otherwise the span would be a child of the current
        // one, which may belong to another event of the batch.
        if (!ActivityContext.TryParse(envelope.TraceParent, envelope.TraceState, isRemote: true, out var parent))
        {
            Activity.Current = null;
        }

        return Source.StartActivity($"{operation} {topic}", kind, parent)
            ?.SetTag("messaging.system", "kafka")
            .SetTag("messaging.operation.name", operation)
            .SetTag("messaging.operation.type", operation)
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.message.id", envelope.DisplayId())
            .SetTag("messaging.kafka.message.key", envelope.Subject)
            .SetTag("event.type", envelope.Type);
    }
}
