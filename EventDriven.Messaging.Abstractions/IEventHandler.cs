namespace EventDriven.Messaging;

/// <summary>
/// Applies one event. It runs inside a transaction of the service's <c>DbContext</c> that also holds the event's inbox row: what it writes
/// through that context and announces through <c>IOutbox</c> is committed with it or not at all. Changes are saved by the caller, after
/// each event. An exception rolls everything back, and the event is tried again in its key's own lane.
/// </summary>
/// <remarks>
/// Events that wait are handled one after another in one transaction, so scoped services live as long as it; the handler itself is made
/// anew for each event, and the context tracks nothing of the events before.
/// </remarks>
/// <typeparam name="TEvent">The consumer's own record of the event, with only the fields that it reads.</typeparam>
public interface IEventHandler<TEvent>
{
    /// <summary>Applies the event.</summary>
    Task HandleAsync(EventContext<TEvent> context, CancellationToken cancellationToken);
}
