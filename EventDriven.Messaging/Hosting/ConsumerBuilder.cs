using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Privacy.Sealing;

namespace EventDriven.Messaging.Hosting;

/// <summary>Collects a group's topics and handlers, and creates the group once the service's configuration is known.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal sealed class ConsumerBuilder(string group) : IConsumerBuilder
{
    private readonly List<Topic> _topics = [];
    private readonly List<Topic> _hearsay = [];
    private readonly Dictionary<string, (Type Handler, HandledEvent Event, Func<RetryPolicy, RetryPolicy>? Retry)> _handlers =
        new(StringComparer.Ordinal);
    private bool _offsetsInDatabase;
    private bool _inBulk;

    /// <summary>The group's handlers.</summary>
    public IEnumerable<Type> Handlers => _handlers.Values.Select(bound => bound.Handler).Distinct();

    public IConsumerBuilder Subscribe(params ReadOnlySpan<Topic> topics)
    {
        _topics.AddRange(topics);
        return this;
    }

    public IConsumerBuilder SubscribeToHearsay(params ReadOnlySpan<Topic> topics)
    {
        _hearsay.AddRange(topics);
        return this;
    }

    public IConsumerBuilder AddHandler<THandler>(Func<RetryPolicy, RetryPolicy>? retry = null)
        where THandler : class
    {
        foreach (var handled in HandledEvent.Of(typeof(THandler)))
        {
            PersonalMembers.Of(handled.Record, naming: null, isRead: true);
            if (!_handlers.TryAdd(handled.Name, (typeof(THandler), handled, retry)))
            {
                throw new InvalidOperationException(
                    $"Group '{group}' has two handlers of '{handled.Name}': {_handlers[handled.Name].Handler.Name} and "
                    + $"{typeof(THandler).Name}. An event has one handler in a group: "
                    + "merge the two, or give one of them a group of its own with a second AddConsumer.");
            }
        }

        return this;
    }

    public IConsumerBuilder KeepOffsetsInDatabase()
    {
        _offsetsInDatabase = true;
        return this;
    }

    public IConsumerBuilder ReadInBulk()
    {
        _inBulk = true;
        return this;
    }

    /// <summary>Refuses a group that can't work.</summary>
    /// <exception cref="InvalidOperationException">The group has no topic or no handler, or names a topic twice.</exception>
    public void Validate()
    {
        if (_topics.Count + _hearsay.Count == 0)
        {
            throw new InvalidOperationException($"Group '{group}' reads nothing: add .Subscribe(\"topic\") to its AddConsumer.");
        }

        if (_handlers.Count == 0)
        {
            throw new InvalidOperationException($"Group '{group}' handles nothing: add .AddHandler<THandler>() to its AddConsumer.");
        }

        if (_topics.Concat(_hearsay)
            .GroupBy(topic => topic.Name, StringComparer.Ordinal)
            .FirstOrDefault(topic => topic.Count() > 1) is { Key: var twice })
        {
            throw new InvalidOperationException(
                $"Group '{group}' names topic '{twice}' twice: it is read either as facts (Subscribe) or as hearsay (SubscribeToHearsay).");
        }
    }

    /// <summary>Creates the group.</summary>
    /// <param name="json">Deserializes its events.</param>
    /// <param name="retry">The service's retry policy, which a handler may change.</param>
    /// <param name="keys">Keys of personal data; null if the service opens none.</param>
    /// <exception cref="InvalidOperationException">A handler's retry policy is invalid.</exception>
    public ConsumerGroup Build(EventJson json, RetryPolicy retry, SubjectKeyCache? keys)
    {
        var built = new ConsumerGroup(group) { OffsetsInDatabase = _offsetsInDatabase, InBulk = _inBulk, SubjectKeys = keys }
            .From(_topics.ToArray())
            .FromHearsay(_hearsay.ToArray());
        foreach (var (handler, handled, change) in _handlers.Values)
        {
            // Reflection runs once for each handler, at start; the binding itself is a delegate.
            var bind = typeof(ConsumerGroup).GetMethod(handled.InBatches
                ? nameof(ConsumerGroup.HandlesBatches)
                : nameof(ConsumerGroup.Handles))!;
            object?[] arguments = [handled.Name, json.Reading(handled.Record), change?.Invoke(retry).Validated(handler.Name)];
            bind.MakeGenericMethod(handled.Record, handler)
                .Invoke(built, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }

        return built;
    }
}
