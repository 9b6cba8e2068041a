using System.Diagnostics;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Privacy;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming;

/// <summary>An attempt at an event that could be read: what its handler is given, and what belongs to it while it is handled.</summary>
/// <param name="source">The record.</param>
/// <param name="binding">How the group applies it.</param>
/// <param name="received">The event as it was read.</param>
/// <param name="data">Its data, as the consumer's own record.</param>
/// <param name="delivery">Which delivery of it this is.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed class EventAttempt(
    SourceRecord source, EventBinding binding, ReceivedEvent received, object data, Delivery delivery, ILogger logger) : IEventScope
{
    private List<Action>? _committed;

    /// <summary>The record.</summary>
    public SourceRecord Source { get; } = source;

    /// <summary>How the group applies it.</summary>
    public EventBinding Binding { get; } = binding;

    /// <inheritdoc/>
    public EventEnvelope Envelope { get; } = received.Envelope;

    /// <summary>Its data, as the consumer's own record.</summary>
    public object Data { get; } = data;

    /// <inheritdoc/>
    public SubjectKey? SubjectKey { get; init; }

    /// <summary>What the inbox keeps of it.</summary>
    public EventFingerprint Fingerprint { get; } = EventFingerprint.Of(received);

    /// <summary>Its id as it may stand in a log line, a span and as a cause.</summary>
    public string Id { get; } = received.Envelope.DisplayId();

    /// <inheritdoc/>
    public Delivery Delivery { get; } = delivery;

    /// <summary>Its span; null when nobody listens.</summary>
    public Activity? Activity { get; set; }

    /// <inheritdoc/>
    public IDisposable Enter() => new EventScope(new CorrelationContext(Envelope.CorrelationId, Id), Activity, logger);

    /// <inheritdoc/>
    public void OnCommitted(Action action) => (_committed ??= []).Add(action);

    /// <summary>Its effect is committed.</summary>
    public void Committed() => _committed?.ForEach(action => action());
}
