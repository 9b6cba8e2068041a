using EventDriven.Messaging.Privacy;

namespace EventDriven.Messaging;

/// <summary>One delivery of an event to a handler.</summary>
/// <typeparam name="TEvent">The consumer's own record of the event.</typeparam>
public sealed class EventContext<TEvent>
{
    private readonly IEventScope _scope;

    /// <summary>Creates a context for calling a handler in a unit test, without Kafka.</summary>
    /// <param name="data">The event's data.</param>
    /// <param name="envelope">
    /// The event's attributes; by default those of a new event with the name of <typeparamref name="TEvent"/>.
    /// </param>
    /// <param name="delivery">The event's position and attempt; by default the first attempt at offset 0.</param>
    /// <param name="onCommitted">
    /// Receives the actions that the handler registers with <see cref="OnCommitted"/>; by default they run at once.
    /// </param>
    public EventContext(TEvent data, EventEnvelope? envelope = null, Delivery? delivery = null, Action<Action>? onCommitted = null)
        : this(
            data, new DetachedScope(envelope ?? DetachedScope.EnvelopeOf<TEvent>(), delivery ?? DetachedScope.FirstDelivery, onCommitted))
    {
    }

    internal EventContext(TEvent data, IEventScope scope)
    {
        Data = data;
        _scope = scope;
        SubjectKey = scope.SubjectKey;
    }

    /// <summary>The event's data.</summary>
    public TEvent Data { get; }

    /// <summary>The event's CloudEvents attributes.</summary>
    public EventEnvelope Envelope => _scope.Envelope;

    /// <summary>The event's position on the log, and the number of this attempt.</summary>
    public Delivery Delivery => _scope.Delivery;

    /// <summary>
    /// The key of the person whom the event is about, to store personal data sealed. Null if nothing in the data was sealed, as in an event
    /// from before its producer did so, or if it could not be opened.
    /// </summary>
    public SubjectKey? SubjectKey { get; init; }

    /// <summary>
    /// For handlers of several events at once: what is announced, logged and called until the result is disposed of belongs to this event
    /// and carries its correlation id (law L9). A handler of single events is called within.
    /// </summary>
    public IDisposable Enter() => _scope.Enter();

    /// <summary>
    /// Runs <paramref name="action"/> once the effect is committed; to wake something up, not to change state: it is lost with the process.
    /// </summary>
    public void OnCommitted(Action action) => _scope.OnCommitted(action);
}
