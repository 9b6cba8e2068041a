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
        ?? throw NotPublished(clrType, Source);

    /// <summary>The error of a service that publishes an event without having registered it.</summary>
    public static InvalidOperationException NotPublished(Type clrType, string source) =>
        new($"{clrType.Name} is not published by {source}: register it with Publishes(…) in AddMessaging.");
}
