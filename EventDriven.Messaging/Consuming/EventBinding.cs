using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Consuming;

/// <summary>How a group applies one event type.</summary>
/// <param name="HandlerType">What applies it.</param>
/// <param name="TakesBatches">Whether the handler takes several events at once.</param>
/// <param name="Retry">When its events are tried again; null for the service's own policy.</param>
/// <param name="Read">Reads an event's data into the consumer's own record, and makes the <see cref="EventContext{TEvent}"/> of it.</param>
/// <param name="ApplyAsync">Hands events over; a handler of single events gets the first.</param>
internal sealed record EventBinding(
    Type HandlerType,
    bool TakesBatches,
    RetryPolicy? Retry,
    Func<ReadOnlyMemory<byte>, EventAttempt, object> Read,
    Func<IServiceProvider, IReadOnlyList<EventAttempt>, CancellationToken, Task> ApplyAsync)
{
    /// <summary>CloudEvents <c>dataschema</c> of the type, in UTF-8: a version of a type has one schema.</summary>
    public byte[] Schema { get; init; } = [];

    public static EventBinding Of<TEvent, THandler>(JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventHandler<TEvent> =>
        new(typeof(THandler), TakesBatches: false, retry, Reader(json), (scope, events, cancellationToken) =>
            scope.GetRequiredService<THandler>().HandleAsync((EventContext<TEvent>)events[0].Context, cancellationToken));

    public static EventBinding OfBatches<TEvent, THandler>(JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventBatchHandler<TEvent> =>
        new(typeof(THandler), TakesBatches: true, retry, Reader(json), (scope, events, cancellationToken) =>
            scope.GetRequiredService<THandler>().HandleAsync(
                [.. events.Select(e => (EventContext<TEvent>)e.Context)], cancellationToken));

    private static Func<ReadOnlyMemory<byte>, EventAttempt, object> Reader<TEvent>(JsonTypeInfo<TEvent> json)
    {
        var admission = RecordChecks.Of<TEvent>(json.Options.PropertyNamingPolicy);
        return (data, attempt) =>
        {
            if (Deserialize(data, json) is not { } read)
            {
                throw new UnreadableEventException("The data is null.");
            }

            return admission?.Find(read) is { } refusal
                ? throw UnreadableEventException.OfData(typeof(TEvent), $"{refusal}")
                : new EventContext<TEvent>(read, attempt);
        };
    }

    private static TEvent? Deserialize<TEvent>(ReadOnlyMemory<byte> data, JsonTypeInfo<TEvent> json)
    {
        try
        {
            return JsonSerializer.Deserialize(data.Span, json);
        }
        catch (JsonException exception)
        {
            throw UnreadableEventException.OfData(typeof(TEvent), JsonErrors.Reason(exception), exception);
        }
        catch (Exception exception)
        {
            // The record's own code, such as a constructor that validates, refuses the data.
            throw UnreadableEventException.OfData(typeof(TEvent), $"{exception.GetType().Name}.", exception);
        }
    }
}
