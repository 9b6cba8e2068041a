namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>The outbox of a service that publishes nothing: it says what to write. Without it, <see cref="IOutbox"/> is unknown.</summary>
internal sealed class NothingPublished(string source) : IOutbox
{
    /// <inheritdoc/>
    public Guid Add<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull => throw PublishedEvents.NotPublished(typeof(TEvent), source);
}
