namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>The events that this service may announce.</summary>
internal sealed class PublishedEvents(string source, IEnumerable<PublishedEvent> events)
{
    private readonly Dictionary<Type, PublishedEvent> _byClrType = events.ToDictionary(e => e.ClrType);

    /// <summary>CloudEvents <c>source</c> of all of them.</summary>
    public string Source { get; } = source;

    /// <summary>The topics that they go to.</summary>
    public IReadOnlyCollection<string> Topics => [.. _byClrType.Values.Select(e => e.Topic).Distinct(StringComparer.Ordinal)];

    public PublishedEvent Get(Type clrType) => _byClrType.GetValueOrDefault(clrType)
        ?? throw new InvalidOperationException($"{clrType.Name} is not announced by {Source}: register it with Publishes(…) in AddMessaging.");
}
