using System.Diagnostics;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Outbox;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>Makes a fact a row of the outbox, with what the current request or event is part of.</summary>
internal sealed class OutboxMessageFactory(PublishedEvents published, TimeProvider time)
{
    /// <summary>Largest data, in bytes; the rest of a record is for its key and headers.</summary>
    public const int MaxDataBytes = RecordLimits.MaxBytes - (64 * 1024);

    /// <summary>Longest key, in characters.</summary>
    public const int MaxKeyLength = 1_000;

    /// <exception cref="InvalidOperationException">See <see cref="IOutbox.Add"/>.</exception>
    public OutboxMessage Create<TEvent>(TEvent @event, DateTimeOffset occurredAt)
        where TEvent : notnull
    {
        var definition = published.Get(typeof(TEvent));
        var key = definition.Key(@event);
        if (key is not { Length: > 0 and <= MaxKeyLength })
        {
            throw new InvalidOperationException(
                $"'{definition.Type}' has a key of {key?.Length ?? 0} characters: without a key its order would be undefined, and {MaxKeyLength} is the most.");
        }

        var data = definition.Serialize(@event);
        if (data.Length > MaxDataBytes)
        {
            throw new InvalidOperationException(
                $"'{definition.Type}' has {data.Length} bytes of data, over the limit of {MaxDataBytes}: store the bulk elsewhere and announce where it is.");
        }

        var activity = Activity.Current;
        var context = CorrelationContext.Current;
        if (CorrelationContext.IsOfBatch)
        {
            throw new InvalidOperationException(
                $"'{definition.Type}' is announced for several events at once: announce it within Enter() of the event that caused it, so that it carries its correlation id.");
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        return new OutboxMessage
        {
            EventId = id,
            Topic = definition.Topic,
            Key = key,
            Type = definition.Type,
            Time = occurredAt.ToUniversalTime(),
            CorrelationId = context?.CorrelationId ?? activity?.TraceId.ToHexString() ?? id.ToString(),
            CausationId = context?.CausationId ?? activity?.SpanId.ToHexString() ?? id.ToString(),
            TraceParent = activity?.IdFormat == ActivityIdFormat.W3C ? activity.Id : null,
            TraceState = activity?.TraceStateString,
            Data = data,
        };
    }
}
