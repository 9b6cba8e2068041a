using System.Diagnostics;
using EventDriven.Messaging.Events;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>An attempt at an event that could be read: what its handler is given, and what belongs to it while it is handled.</summary>
internal sealed class EventAttempt(PendingEvent item, EventBinding binding, ReceivedEvent received, Delivery delivery, ILogger logger) : IEventScope
{
    private List<Action>? _committed;

    public PendingEvent Item { get; } = item;

    public EventBinding Binding { get; } = binding;

    public EventEnvelope Envelope { get; } = received.Envelope;

    /// <summary>What the inbox keeps of it.</summary>
    public EventFingerprint Mark { get; } = EventFingerprint.Of(received);

    /// <summary>Its id as it may stand in a log line, a span and as a cause.</summary>
    public string Id { get; } = received.Envelope.DisplayId();

    public Delivery Delivery { get; } = delivery;

    /// <summary>The <see cref="EventContext{TEvent}"/> that the handler is given.</summary>
    public object Context { get; set; } = null!;

    /// <summary>Its span; null when nobody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>See <see cref="EventContext{TEvent}.Enter"/>.</summary>
    public IDisposable Enter() => new EventScope(new CorrelationContext(Envelope.CorrelationId, Id), Activity, logger);

    /// <summary>See <see cref="EventContext{TEvent}.OnCommitted"/>.</summary>
    public void OnCommitted(Action action) => (_committed ??= []).Add(action);

    public void Committed() => _committed?.ForEach(action => action());
}
