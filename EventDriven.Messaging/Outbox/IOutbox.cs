namespace EventDriven.Messaging.Outbox;

/// <summary>
/// Where a service announces facts. An added event becomes a row of the service's own database in the same <c>SaveChanges</c> as the
/// state change (law L3); a relay sends it to Kafka afterwards.
/// </summary>
public interface IOutbox
{
    /// <summary>Adds an event to the scope's <c>DbContext</c>; it is announced if and only if that context's changes are committed.</summary>
    /// <param name="event">The fact, of a type registered with <c>Publishes</c>.</param>
    /// <param name="occurredAt">When the fact happened, UTC.</param>
    /// <returns>The event's id.</returns>
    /// <exception cref="InvalidOperationException">The type is not registered, its key is empty, or its data is larger than a broker takes.</exception>
    Guid Add<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull;
}
