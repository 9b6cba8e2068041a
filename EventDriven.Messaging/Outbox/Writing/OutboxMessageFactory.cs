using System.Diagnostics;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Makes rows of the outbox from a fact, with the correlation, causation and trace of the current request or event.</summary>
internal sealed class OutboxMessageFactory(PublishedEvents published, TimeProvider time)
{
    /// <summary>Largest data, in bytes. The rest of the largest record is for key and headers.</summary>
    public const int MaxDataBytes = RecordLimits.MaxBytes - (64 * 1024);

    /// <summary>Longest key, in characters.</summary>
    public const int MaxKeyLength = 1_000;

    /// <summary>A row for each major version in which the event is published. They share id and key.</summary>
    /// <param name="event">The fact.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="keys">Keys of people; null if the service announces no personal data.</param>
    /// <exception cref="InvalidOperationException">See <see cref="IOutbox.Add"/>.</exception>
    public OutboxMessage[] Create<TEvent>(TEvent @event, DateTimeOffset occurredAt, ISubjectKeys? keys)
        where TEvent : notnull
    {
        var definition = published.Get(typeof(TEvent));
        var (type, key) = (definition.Versions[0].Type, definition.Key(@event));
        if (key is not { Length: > 0 and <= MaxKeyLength })
        {
            throw new InvalidOperationException(
                $"'{type}' has a key of {key?.Length ?? 0} characters. It must have 1 to {MaxKeyLength}: without a key, the "
                + "order of its events is undefined.");
        }

        if (CorrelationContext.IsOfBatch)
        {
            throw new InvalidOperationException(
                $"'{type}' is published while several events are handled together. Publish it within Enter() of the event that "
                + "caused it, so that it carries that event's correlation id.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var messages = new OutboxMessage[definition.Versions.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = Create(definition.Versions[i], @event, id, key, occurredAt, keys);
        }

        return messages;
    }

    private static OutboxMessage Create(
        PublishedVersion version, object @event, Guid id, string key, DateTimeOffset occurredAt, ISubjectKeys? keys)
    {
        var data = version.Serialize(@event);
        if (version.Personal is not null)
        {
            data = version.Personal.Seal(version.Type, data, keys ?? throw new InvalidOperationException(
                $"'{version.Type}' has personal data, and nothing seals it: add .SealsPersonalData<TKeys>() to AddMessaging."));
        }

        if (data.Length > MaxDataBytes)
        {
            throw new InvalidOperationException(
                $"'{version.Type}' has {data.Length} bytes of data, over the limit of {MaxDataBytes}. Store the bulk elsewhere and "
                + "publish its address.");
        }

        var activity = Activity.Current;
        var context = CorrelationContext.Current;
        return new OutboxMessage
        {
            EventId = id,
            Topic = version.Topic.Name,
            Key = key,
            Type = version.Type,
            Time = occurredAt.ToUniversalTime(),
            CorrelationId = context?.CorrelationId ?? activity?.TraceId.ToHexString() ?? id.ToString(),
            CausationId = context?.CausationId ?? activity?.SpanId.ToHexString() ?? id.ToString(),
            TraceParent = activity?.IdFormat == ActivityIdFormat.W3C ? activity.Id : null,
            TraceState = activity?.TraceStateString,
            Data = data,
        };
    }
}
