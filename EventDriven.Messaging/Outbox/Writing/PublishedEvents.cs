namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>The event types that this service may publish.</summary>
internal sealed class PublishedEvents(string source, IEnumerable<PublishedEvent> events)
{
    private readonly Dictionary<Type, PublishedEvent> _byClrType = events.ToDictionary(e => e.ClrType);

    /// <summary>CloudEvents <c>source</c> of these events.</summary>
    public string Source { get; } = source;

    /// <summary>The topics that these events go to.</summary>
    public IReadOnlyCollection<Topic> Topics => [.. _byClrType.Values.Select(e => e.Topic).Distinct()];

    public PublishedEvent Get(Type clrType) => _byClrType.GetValueOrDefault(clrType)
        ?? throw new InvalidOperationException(
            $"{clrType.Name} is not published by {Source}: register it with Publishes(…) in AddMessaging.");
}
