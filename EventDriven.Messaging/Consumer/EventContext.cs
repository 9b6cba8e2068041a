using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Consumer;

/// <summary>One delivery of an event to a handler.</summary>
/// <typeparam name="TEvent">The consumer's own record of the event.</typeparam>
public sealed class EventContext<TEvent>
{
    private readonly EventAttempt _attempt;

    internal EventContext(TEvent data, EventAttempt attempt)
    {
        Data = data;
        _attempt = attempt;
    }

    /// <summary>The event's data.</summary>
    public TEvent Data { get; }

    /// <summary>The event's CloudEvents attributes.</summary>
    public EventEnvelope Envelope => _attempt.Envelope;

    /// <summary>Where on the log it stands, and which attempt this is.</summary>
    public Delivery Delivery => _attempt.Delivery;

    /// <summary>
    /// For handlers of several events at once: what is announced, logged and called until the result is disposed of belongs to this event and
    /// carries its correlation id (law L9). A handler of single events is called within.
    /// </summary>
    public IDisposable Enter() => _attempt.Enter();

    /// <summary>Runs <paramref name="action"/> once the effect is committed; to wake something up, not to change state: it is lost with the process.</summary>
    public void OnCommitted(Action action) => _attempt.OnCommitted(action);
}
