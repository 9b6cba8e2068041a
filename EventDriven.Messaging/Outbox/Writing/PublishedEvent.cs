using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EventDriven.Messaging.Outbox.Writing;

/// <summary>An event type that a service may publish.</summary>
internal sealed record PublishedEvent(Type ClrType, string Type, Topic Topic, Func<object, string> Key, Func<object, byte[]> Serialize)
{
    public static PublishedEvent Create<TEvent>(string type, Topic topic, JsonTypeInfo<TEvent> json, Func<TEvent, string> key)
        where TEvent : notnull =>
        new(typeof(TEvent), type, topic, e => key((TEvent)e), e => JsonSerializer.SerializeToUtf8Bytes((TEvent)e, json));
}
