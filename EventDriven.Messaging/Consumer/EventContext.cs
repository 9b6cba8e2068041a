using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Consumer;

/// <summary>One delivery of an event to a handler.</summary>
/// <typeparam name="TEvent">The consumer's own record of the event.</typeparam>
public sealed class EventContext<TEvent>
{
    private readonly List<Action> _committed;

    internal EventContext(TEvent data, EventEnvelope envelope, Delivery delivery, List<Action> committed)
    {
        Data = data;
        Envelope = envelope;
        Delivery = delivery;
        _committed = committed;
    }

    /// <summary>The event's data.</summary>
    public TEvent Data { get; }

    /// <summary>The event's CloudEvents attributes.</summary>
    public EventEnvelope Envelope { get; }

    /// <summary>Where on the log it stands, and which attempt this is.</summary>
    public Delivery Delivery { get; }

    /// <summary>Runs <paramref name="action"/> once the effect is committed; to wake something up, not to change state: it is lost with the process.</summary>
    public void OnCommitted(Action action) => _committed.Add(action);
}
