namespace EventDriven.Messaging;

/// <summary>
/// Where a service announces facts. An added event becomes a row of the service's own database in the same <c>SaveChanges</c> as the
/// state change (law L3); a relay sends it to Kafka afterwards.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Adds an event to the scope's <c>DbContext</c>; it is announced if and only if that context's changes are committed.
    /// </summary>
    /// <remarks>
    /// The row holds its key's lock until the commit, so keep transactions short. One that announces facts of several keys may
    /// deadlock with another that does so in another order; PostgreSQL then fails one of the two, to be tried again. One of thousands
    /// of keys can exhaust the server's lock table.
    /// </remarks>
    /// <param name="event">The fact, of a type registered with <c>Publishes</c>.</param>
    /// <param name="occurredAt">When the fact happened, UTC.</param>
    /// <returns>The event's id.</returns>
    /// <exception cref="InvalidOperationException">
    /// The type is not registered, its key is empty or too long, its data is larger than a broker takes, or the event is not what its own
    /// schema admits: a required value is null, or a validation attribute of the record refuses it.
    /// </exception>
    Guid Add<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull;
}
