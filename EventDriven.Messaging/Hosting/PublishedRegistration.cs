using System.Diagnostics.CodeAnalysis;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Privacy.Sealing;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// The events that a service registers with <c>Publishes</c> and <c>AlsoPublishes</c>. Their JSON is known when it starts.
/// </summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class PublishedRegistration
{
    private readonly Dictionary<Type, (Func<object, string> Key, List<RegisteredVersion> Versions)> _events = [];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _events.Count == 0;

    /// <summary>Adds an event.</summary>
    /// <exception cref="ArgumentException">See <see cref="IMessagingBuilder.Publishes{TEvent}(Topic, Func{TEvent, string})"/>.</exception>
    public void Add<TEvent>(Topic topic, Func<TEvent, string> key)
        where TEvent : notnull
    {
        var version = Version<TEvent>(topic, added => (TEvent)added);
        _events.Add(typeof(TEvent), (added => key((TEvent)added), [version]));
    }

    /// <summary>Adds another major version of an event.</summary>
    /// <exception cref="ArgumentException">See <see cref="IMessagingBuilder.AlsoPublishes{TEvent, TVersion}"/>.</exception>
    public void AddVersion<TEvent, TVersion>(Topic topic, Func<TEvent, TVersion> convert)
        where TEvent : notnull
        where TVersion : notnull
    {
        var (name, version) = (EventName.Of<TEvent>(), EventName.Of<TVersion>());
        if (!_events.TryGetValue(typeof(TEvent), out var registered))
        {
            throw new ArgumentException(
                $"'{version}' is published with '{name}', which isn't published: write Publishes<{typeof(TEvent).Name}>(…) before it.",
                nameof(convert));
        }

        if (!EventName.AreVersionsOfOneFact(name, version))
        {
            throw new ArgumentException(
                $"'{version}' is no other major version of '{name}': the two names must differ in their last part alone, such as .v2. "
                + "Another fact is registered with Publishes and added to the outbox by itself.",
                nameof(convert));
        }

        if (registered.Versions.Find(other => other.Topic == topic.Name) is { } taken)
        {
            throw new ArgumentException(
                $"'{version}' is published to {topic.Name}, to which '{taken.Name}' is published: each major "
                + $"version has a topic of its own, such as {EventName.TopicOf(typeof(TVersion))}.",
                nameof(topic));
        }

        registered.Versions.Add(Version(topic, added => convert((TEvent)added)));
    }

    /// <summary>The events, with their JSON.</summary>
    public IEnumerable<PublishedEvent> Build(EventJson json) =>
        _events.Select(e => new PublishedEvent(e.Key, e.Value.Key, [.. e.Value.Versions.Select(version => version.Build(json))]));

    private RegisteredVersion Version<TVersion>(Topic topic, Func<object, TVersion> convert)
        where TVersion : notnull
    {
        var name = EventName.Of<TVersion>();
        PersonalMembers.Of(typeof(TVersion), naming: null, isRead: false);
        if (EventName.Find(typeof(TVersion))?.Topic is { } declared && declared != topic.Name)
        {
            throw new ArgumentException(
                $"'{name}' ({typeof(TVersion).Name}) is published to {topic.Name}, but its [Event] says Topic = \"{declared}\": its "
                + "contract would be kept under the wrong topic. Let both say the same.", nameof(topic));
        }

        return _events.Values.SelectMany(e => e.Versions).Any(version => version.Name == name)
            ? throw new ArgumentException(
                $"'{name}' ({typeof(TVersion).Name}) is published twice: remove one of its Publishes from AddMessaging.", nameof(topic))
            : new(name, topic.Name, json => PublishedVersion.Create(name, topic, json.Writing<TVersion>(), convert));
    }

    private sealed record RegisteredVersion(string Name, string Topic, Func<EventJson, PublishedVersion> Build);
}
