using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Privacy.Sealing;

namespace EventDriven.Messaging.Consuming;

/// <summary>What a consumer group reads and which handler applies it. Event types that it does not name are passed over.</summary>
internal sealed class ConsumerGroup
{
    private readonly Dictionary<string, EventBinding> _bindings = new(StringComparer.Ordinal);
    private readonly List<string> _topics = [];
    private readonly HashSet<string> _hearsayTopics = new(StringComparer.Ordinal);

    public ConsumerGroup(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Kafka's group id.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Topics => _topics;

    public IReadOnlySet<string> HearsayTopics => _hearsayTopics;

    public IReadOnlyDictionary<string, EventBinding> Bindings => _bindings;

    /// <summary>See <see cref="IConsumerBuilder.KeepOffsetsInDatabase"/>.</summary>
    public bool OffsetsInDatabase { get; init; }

    /// <summary>See <see cref="IConsumerBuilder.ReadInBulk"/>.</summary>
    public bool InBulk { get; init; }

    /// <summary>The keys of personal data; null if the service opens none.</summary>
    public SubjectKeyCache? SubjectKeys { get; init; }

    /// <summary>Whether a handler of the group reads members that are sealed.</summary>
    public bool ReadsPersonalData { get; private set; }

    /// <summary>How many partitions its topics must have at least, where that was declared.</summary>
    public Dictionary<string, int> Partitions { get; } = new(StringComparer.Ordinal);

    /// <summary>See <see cref="IConsumerBuilder.Subscribe"/>.</summary>
    public ConsumerGroup From(params ReadOnlySpan<Topic> topics)
    {
        foreach (var topic in topics)
        {
            _topics.Add(topic.Name);
            if (topic.Partitions is { } partitions)
            {
                Partitions[topic.Name] = partitions;
            }
        }

        return this;
    }

    /// <summary>See <see cref="IConsumerBuilder.SubscribeToHearsay"/>.</summary>
    public ConsumerGroup FromHearsay(params ReadOnlySpan<Topic> topics)
    {
        From(topics);
        foreach (var topic in topics)
        {
            _hearsayTopics.Add(topic.Name);
        }

        return this;
    }

    /// <summary>Binds a handler of single events to an event's name.</summary>
    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public ConsumerGroup Handles<TEvent, THandler>(string eventType, JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventHandler<TEvent> =>
        Bind(eventType, EventBinding.Of<TEvent, THandler>(json, retry));

    /// <summary>Binds a handler of several events at once to an event's name.</summary>
    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public ConsumerGroup HandlesBatches<TEvent, THandler>(string eventType, JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventBatchHandler<TEvent> =>
        Bind(eventType, EventBinding.OfBatches<TEvent, THandler>(json, retry));

    private ConsumerGroup Bind(string eventType, EventBinding binding)
    {
        if (!_bindings.TryAdd(EventName.EnsureFact(eventType), binding with { Schema = new NamedSchema(eventType) }))
        {
            throw new ArgumentException($"Group '{Name}' has two handlers of '{eventType}'.", nameof(eventType));
        }

        ReadsPersonalData |= binding.Personal is not null;
        return this;
    }
}
