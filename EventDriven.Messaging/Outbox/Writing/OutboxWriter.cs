using EventDriven.Messaging.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Outbox.Writing;

/// <inheritdoc cref="IOutbox"/>
internal sealed class OutboxWriter<TContext>(TContext database, OutboxMessageFactory messages, ISubjectKeys? keys = null) : IOutbox
    where TContext : DbContext
{
    /// <inheritdoc/>
    public Guid Add<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull
    {
        var rows = messages.Create(@event, occurredAt, keys);
        database.AddRange(rows);
        return rows[0].EventId;
    }
}
