using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Validation;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>An event type that a service may publish.</summary>
/// <param name="ClrType">The producer's record.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Topic">Topic that it is sent to.</param>
/// <param name="Key">Its subject and Kafka key.</param>
/// <param name="Serialize">Its data, if its schema admits it.</param>
internal sealed record PublishedEvent(Type ClrType, string Type, Topic Topic, Func<object, string> Key, Func<object, byte[]> Serialize)
{
    /// <summary>The latest version of its contract; null if the record's assembly carries none.</summary>
    public EmbeddedContract? Contract { get; init; }

    [RequiresUnreferencedCode(NoTrimming.Reason)]
    [RequiresDynamicCode(NoTrimming.Reason)]
    public static PublishedEvent Create<TEvent>(string type, Topic topic, JsonTypeInfo<TEvent> json, Func<TEvent, string> key)
        where TEvent : notnull
    {
        var checks = RecordChecks.OfWritten<TEvent>(json.Options.PropertyNamingPolicy);
        return new PublishedEvent(typeof(TEvent), type, topic, e => key((TEvent)e), e => Write(type, (TEvent)e, json, checks))
        {
            Contract = EmbeddedContract.Latest(typeof(TEvent).Assembly, type),
        };
    }

    private static byte[] Write<TEvent>(string type, TEvent @event, JsonTypeInfo<TEvent> json, ValueCheck<TEvent>? checks) =>
        checks?.Find(@event) is { } refusal
            ? throw new InvalidOperationException($"'{type}' is not what its schema admits, and is not announced: {refusal}")
            : JsonSerializer.SerializeToUtf8Bytes(@event, json);
}
