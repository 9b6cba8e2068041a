using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using EventDriven.Messaging.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging;

/// <summary>Configures the events that a service publishes and consumes. <c>builder.AddMessaging</c> returns it.</summary>
public interface IMessagingBuilder
{
    /// <summary>The service's container.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Connects to Kafka. The connection string is <c>host:port</c>, or <c>name=value;name=value</c> with settings of librdkafka. More
    /// settings, such as <c>security.protocol</c>, <c>sasl.*</c> and <c>ssl.*</c>, are read from the configuration section
    /// <c>Messaging:Kafka</c>, and override those of the connection string. They apply to every client of the service. Settings that a
    /// guarantee depends on, such as <c>acks</c>, are refused at start.
    /// </summary>
    /// <param name="connectionName">Name of the connection string, such as <c>kafka</c>.</param>
    IMessagingBuilder UseKafka(string connectionName);

    /// <summary>
    /// Adds source-generated JSON contexts, which need no reflection. An event that no context knows is serialized by reflection with
    /// <see cref="System.Text.Json.JsonSerializerDefaults.Web"/>; when it is read, required and non-nullable members must be present.
    /// </summary>
    /// <param name="contexts">For each event, the first context that knows it is used.</param>
    IMessagingBuilder UseJson(params ReadOnlySpan<JsonSerializerContext> contexts);

    /// <summary>Registers an event that the service publishes through <see cref="IOutbox"/>.</summary>
    /// <typeparam name="TEvent">A record with an <see cref="EventAttribute"/>.</typeparam>
    /// <param name="topic">Topic that the event is sent to.</param>
    /// <param name="key">
    /// The event's subject and Kafka key. Events with the same key are handled in the order in which they were committed.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, its name is not a fact in the past tense (law L1), or it is registered twice.
    /// </exception>
    /// <exception cref="InvalidOperationException">The record has personal data that can't be sealed, or doesn't say whose.</exception>
    IMessagingBuilder Publishes<TEvent>(Topic topic, Func<TEvent, string> key)
        where TEvent : notnull;

    /// <summary>
    /// Registers an event whose key is not text, such as a <see cref="Guid"/>. The key is formatted with the invariant culture.
    /// </summary>
    /// <inheritdoc cref="Publishes{TEvent}(Topic, Func{TEvent, string})"/>
    IMessagingBuilder Publishes<TEvent>(Topic topic, Func<TEvent, IFormattable> key)
        where TEvent : notnull;

    /// <summary>
    /// Publishes each <typeparamref name="TEvent"/> in another major version too, on that version's topic, while consumers move from one to
    /// the other. One <see cref="IOutbox.Add"/> writes both, in one transaction, with one key and one id: a consumer that moves recognises
    /// what it has handled in the other version, by its inbox, as far back as that remembers (<c>Messaging:Consumer:InboxRetention</c>).
    /// </summary>
    /// <typeparam name="TEvent">The record that the service's code adds to the outbox. <c>Publishes</c> comes first.</typeparam>
    /// <typeparam name="TVersion">A record of the same fact, in another major version.</typeparam>
    /// <param name="topic">Topic of that version.</param>
    /// <param name="convert">Says the same fact in that version.</param>
    /// <exception cref="ArgumentException">
    /// <typeparamref name="TEvent"/> is not published, the two are not versions of one fact, or the version is registered twice.
    /// </exception>
    IMessagingBuilder AlsoPublishes<TEvent, TVersion>(Topic topic, Func<TEvent, TVersion> convert)
        where TEvent : notnull
        where TVersion : notnull;

    /// <summary>
    /// Declares that the service sends something for each new row of <typeparamref name="TMessage"/> after the commit, such as an e-mail. A
    /// rehearsal counts these rows and reports what would be sent.
    /// </summary>
    /// <typeparam name="TMessage">An entity of the service's database.</typeparam>
    /// <param name="what">What is sent, in the plural, such as <c>mails</c>.</param>
    IMessagingBuilder Sends<TMessage>(string what)
        where TMessage : class;

    /// <summary>
    /// Says where the keys are that seal the personal data (<see cref="Validation.PersonalDataAttribute"/>) of the events that the service
    /// publishes. Without it, such an event is refused at start.
    /// </summary>
    /// <typeparam name="TKeys">A scoped service; registered if it isn't yet.</typeparam>
    IMessagingBuilder SealsPersonalData<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TKeys>()
        where TKeys : class, ISubjectKeys;

    /// <summary>
    /// Says where the service gets the keys that open the personal data of the events that it handles. Without it, handlers read null.
    /// </summary>
    /// <typeparam name="TSource">
    /// Made for each key that is fetched; such as a client that <c>AddHttpClient</c> has registered. Registered if it isn't yet.
    /// </typeparam>
    IMessagingBuilder OpensPersonalData<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>()
        where TSource : class, ISubjectKeySource;

    /// <summary>Adds a consumer group. Each service has its own group, and so its own progress (law L4).</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="configure">Adds topics and handlers.</param>
    /// <exception cref="InvalidOperationException">The group has no topic or no handler, or something is added twice.</exception>
    IMessagingBuilder AddConsumer(string group, Action<IConsumerBuilder> configure);
}
