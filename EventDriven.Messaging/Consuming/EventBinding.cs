using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Consuming;

/// <summary>How a group applies one event type.</summary>
/// <param name="HandlerType">What applies it.</param>
/// <param name="TakesBatches">Whether the handler takes several events at once.</param>
/// <param name="Retry">When its events are tried again; null for the service's own policy.</param>
/// <param name="Read">Reads an event's data into the consumer's own record.</param>
/// <param name="ApplyAsync">Hands events over; a handler of single events gets the first.</param>
internal sealed record EventBinding(
    Type HandlerType,
    bool TakesBatches,
    RetryPolicy? Retry,
    Func<ReadOnlyMemory<byte>, object> Read,
    Func<IServiceProvider, IReadOnlyList<EventAttempt>, CancellationToken, Task> ApplyAsync)
{
    /// <summary>The schemas that its events may name; none until the binding belongs to an event type.</summary>
    public NamedSchema Schema { get; init; } = new("");

    /// <summary>What is sealed in its events; null if nothing is.</summary>
    public PersonalRecord? Personal { get; init; }

    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static EventBinding Of<TEvent, THandler>(JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventHandler<TEvent> =>
        new(typeof(THandler), TakesBatches: false, retry, Reader(json), (scope, events, cancellationToken) =>
            scope.GetRequiredService<THandler>().HandleAsync(Context<TEvent>(events[0]), cancellationToken))
        {
            Personal = PersonalOf(json),
        };

    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static EventBinding OfBatches<TEvent, THandler>(JsonTypeInfo<TEvent> json, RetryPolicy? retry = null)
        where THandler : class, IEventBatchHandler<TEvent> =>
        new(typeof(THandler), TakesBatches: true, retry, Reader(json), (scope, events, cancellationToken) =>
            scope.GetRequiredService<THandler>().HandleAsync([.. events.Select(Context<TEvent>)], cancellationToken))
        {
            Personal = PersonalOf(json),
        };

    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    private static PersonalRecord? PersonalOf<TEvent>(JsonTypeInfo<TEvent> json) =>
        PersonalRecord.Of(typeof(TEvent), json.Options.PropertyNamingPolicy, isRead: true);

    private static EventContext<TEvent> Context<TEvent>(EventAttempt attempt) => new((TEvent)attempt.Data, attempt);

    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    private static Func<ReadOnlyMemory<byte>, object> Reader<TEvent>(JsonTypeInfo<TEvent> json)
    {
        var checks = RecordChecks.Of<TEvent>(json.Options.PropertyNamingPolicy);
        return data =>
        {
            if (Deserialize(data, json) is not { } read)
            {
                throw new UnreadableEventException("The data is null.");
            }

            return checks?.Find(read) is { } refusal ? throw UnreadableEventException.OfData(typeof(TEvent), $"{refusal}") : read;
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
