namespace EventDriven.Messaging.Testing;

/// <summary>Keeps published events in memory.</summary>
internal sealed class FakeOutbox(TimeProvider time) : IOutbox
{
    private readonly List<PublishedEvent> _published = [];

    public Guid Add<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull
    {
        if (CorrelationContext.IsOfBatch)
        {
            throw new InvalidOperationException(
                $"{typeof(TEvent).Name} is published for several events at once: publish it within Enter() of the event that caused it.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var context = CorrelationContext.Current;
        _published.Add(new PublishedEvent(
            id, @event, occurredAt.ToUniversalTime(), context?.CorrelationId ?? id.ToString(), context?.CausationId ?? id.ToString()));
        return id;
    }

    /// <summary>Returns the events that were published since the last call.</summary>
    public IReadOnlyList<PublishedEvent> Take()
    {
        PublishedEvent[] published = [.. _published];
        _published.Clear();
        return published;
    }
}
