namespace EventDriven.Messaging;

/// <summary>One delivery of an event to a handler.</summary>
/// <typeparam name="TEvent">The consumer's own record of the event.</typeparam>
public sealed class EventContext<TEvent>
{
    private readonly IEventScope _scope;

    internal EventContext(TEvent data, IEventScope scope)
    {
        Data = data;
        _scope = scope;
    }

    /// <summary>The event's data.</summary>
    public TEvent Data { get; }

    /// <summary>The event's CloudEvents attributes.</summary>
    public EventEnvelope Envelope => _scope.Envelope;

    /// <summary>The event's position on the log, and the number of this attempt.</summary>
    public Delivery Delivery => _scope.Delivery;

    /// <summary>
    /// For handlers of several events at once: what is announced, logged and called until the result is disposed of belongs to this event and
    /// carries its correlation id (law L9). A handler of single events is called within.
    /// </summary>
    public IDisposable Enter() => _scope.Enter();

    /// <summary>Runs <paramref name="action"/> once the effect is committed; to wake something up, not to change state: it is lost with the process.</summary>
    public void OnCommitted(Action action) => _scope.OnCommitted(action);
}
