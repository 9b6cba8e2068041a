using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>The event types that this service may publish.</summary>
internal sealed class PublishedEvents
{
    private readonly Dictionary<Type, PublishedEvent> _byClrType;

    /// <param name="source">CloudEvents <c>source</c>.</param>
    /// <param name="events">The event types.</param>
    /// <param name="schemaAddress">Where the service serves its contracts; null if it doesn't.</param>
    public PublishedEvents(string source, IEnumerable<PublishedEvent> events, Uri? schemaAddress = null)
    {
        Source = source;
        _byClrType = events.ToDictionary(e => e.ClrType);
        Schemas = new DataSchemas(
            schemaAddress,
            Versions.Where(version => version.Contract is not null).Select(v => KeyValuePair.Create(v.Type, v.Contract!.Path)));
    }

    /// <summary>CloudEvents <c>source</c> of these events.</summary>
    public string Source { get; }

    /// <summary>CloudEvents <c>dataschema</c> of these events.</summary>
    public DataSchemas Schemas { get; }

    /// <summary>The topics that these events go to.</summary>
    public IReadOnlyCollection<Topic> Topics => [.. Versions.Select(version => version.Topic).Distinct()];

    /// <summary>An event of which something is sealed; null if there is none.</summary>
    public string? Personal => Versions.FirstOrDefault(version => version.Personal is not null)?.Type;

    private IEnumerable<PublishedVersion> Versions => _byClrType.Values.SelectMany(e => e.Versions);

    public PublishedEvent Get(Type clrType) => _byClrType.GetValueOrDefault(clrType)
        ?? throw NotPublished(clrType, Source);

    /// <summary>The error of a service that publishes an event without having registered it.</summary>
    public static InvalidOperationException NotPublished(Type clrType, string source) =>
        new($"{clrType.Name} is not published by {source}: register it with Publishes(…) in AddMessaging.");
}
