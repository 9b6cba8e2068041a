using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace EventDriven.Messaging.Consuming;

/// <summary>What a consumer group reads and which handler applies it. Event types that it does not name are passed over.</summary>
public sealed class ConsumerGroup
{
    private readonly Dictionary<string, EventBinding> _bindings = new(StringComparer.Ordinal);
    private readonly List<string> _topics = [];
    private readonly HashSet<string> _hearsayTopics = new(StringComparer.Ordinal);

    internal ConsumerGroup(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Kafka's group id.</summary>
    public string Name { get; }

    internal IReadOnlyList<string> Topics => _topics;

    internal IReadOnlySet<string> HearsayTopics => _hearsayTopics;

    internal IReadOnlyDictionary<string, EventBinding> Bindings => _bindings;

    internal bool OffsetsInDatabase { get; private set; }

    internal bool InBulk { get; private set; }

    /// <summary>Adds topics to read.</summary>
    public ConsumerGroup From(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics)
        {
            _topics.Add(topic);
        }

        return this;
    }

    /// <summary>
    /// Adds topics to read as hearsay: what is told there is owed to nobody, and nothing may rest on it. A record of theirs that can't be read, is not
    /// admitted, or fails in every attempt is dropped and counted (<c>messaging.client.dropped.messages</c>): it is no dead letter, parks no key, holds up
    /// nothing, and lets no group pause. Reconciliation doesn't miss it.
    /// </summary>
    public ConsumerGroup FromHearsay(params ReadOnlySpan<string> topics)
    {
        foreach (var topic in topics)
        {
            _topics.Add(topic);
            _hearsayTopics.Add(topic);
        }

        return this;
    }

    /// <summary>Binds a handler to an event type.</summary>
    /// <typeparam name="TEvent">The consumer's own record of the event; fields it doesn't declare are ignored.</typeparam>
    /// <typeparam name="THandler">Applies it; made anew for each event.</typeparam>
    /// <param name="eventType">Name of the fact.</param>
    /// <param name="json">How its data is read.</param>
    /// <param name="retry">When its events are tried again; by default as the service's <see cref="MessagingOptions"/> say.</param>
    /// <exception cref="ArgumentException">The name is not a fact in the past tense (law L1), or has a handler already.</exception>
    public ConsumerGroup Handles<TEvent, THandler>(string eventType, JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventHandler<TEvent> =>
        Bind(eventType, EventBinding.Of<TEvent, THandler>(json, retry?.Validated(typeof(THandler).Name)));

    /// <summary>Binds a handler of several events at once to an event type.</summary>
    /// <typeparam name="TEvent">The consumer's own record of the event; fields it doesn't declare are ignored.</typeparam>
    /// <typeparam name="THandler">Applies them; made anew each time.</typeparam>
    /// <param name="eventType">Name of the fact.</param>
    /// <param name="json">How its data is read.</param>
    /// <param name="retry">When its events are tried again; by default as the service's <see cref="MessagingOptions"/> say.</param>
    /// <exception cref="ArgumentException">The name is not a fact in the past tense (law L1), or has a handler already.</exception>
    public ConsumerGroup HandlesBatches<TEvent, THandler>(string eventType, JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventBatchHandler<TEvent> =>
        Bind(eventType, EventBinding.OfBatches<TEvent, THandler>(json, retry?.Validated(typeof(THandler).Name)));

    /// <summary>
    /// Keeps the group's offsets in its own database, in the transaction of the effect (law L11). Kafka is told them too, for its tools, and
    /// not asked. Each partition is then one lane: while an event is tried again, its whole partition waits. Events that share a transaction are
    /// applied in the order of their keys.
    /// </summary>
    public ConsumerGroup KeepsOffsetsInDatabase()
    {
        OffsetsInDatabase = true;
        return this;
    }

    /// <summary>
    /// Lets the broker gather what comes for 0.25 s at most before it answers. For a group whose effects nobody waits for: under a steady load it takes
    /// fewer and larger transactions, and leaves processor and disk to those that are waited for.
    /// </summary>
    public ConsumerGroup ReadsInBulk()
    {
        InBulk = true;
        return this;
    }

    private ConsumerGroup Bind(string eventType, EventBinding binding)
    {
        if (!_bindings.TryAdd(EventName.EnsureFact(eventType), binding with { Schema = Encoding.UTF8.GetBytes(EventName.DataSchema(eventType)) }))
        {
            throw new ArgumentException($"Group '{Name}' has two handlers of '{eventType}'.", nameof(eventType));
        }

        return this;
    }

    internal void Validate()
    {
        if (_topics.Count == 0 || _bindings.Count == 0)
        {
            throw new InvalidOperationException($"Group '{Name}' needs a topic (From) and a handler (Handles).");
        }

        if (_topics.GroupBy(topic => topic, StringComparer.Ordinal).FirstOrDefault(topic => topic.Count() > 1) is { Key: var twice })
        {
            throw new InvalidOperationException($"Group '{Name}' names topic '{twice}' twice: it is read either as facts (From) or as hearsay (FromHearsay).");
        }
    }
}
