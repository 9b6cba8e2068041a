using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace EventDriven.Messaging.Events;

/// <summary>
/// CloudEvents 1.0, structured content mode: attributes and data are both in the record's value, in the JSON event format. Headers that
/// repeat attributes are ignored (Kafka protocol binding, section 3.3).
/// </summary>
internal static class StructuredMode
{
    private const string Family = "application/cloudevents";
    private const string MediaType = "application/cloudevents+json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a content type marks a record as structured mode (Kafka protocol binding, section 3).</summary>
    public static bool Is(string contentType) => contentType.StartsWith(Family, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an event.</summary>
    /// <exception cref="UnreadableEventException">
    /// The event is in another format, or an attribute is missing or malformed; the message names it.
    /// </exception>
    public static ReceivedEvent Read(Message<byte[], byte[]> message, string contentType)
    {
        if (!JsonMediaType.Is(contentType, MediaType))
        {
            throw new UnreadableEventException(
                $"content-type is {CloudEventAttribute.Quoted(contentType)}: in structured mode, only {MediaType} in UTF-8 can be read.");
        }

        if (message.Value is null)
        {
            throw new UnreadableEventException("The record has no data.");
        }

        using var document = Parse(message.Value);
        var json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new UnreadableEventException("The structured event is not a JSON object.");
        }

        var specVersion = Required(json, "specversion");
        if (specVersion != KafkaBinding.SpecVersion)
        {
            throw new UnreadableEventException(
                $"specversion is {CloudEventAttribute.Quoted(specVersion)}, not {KafkaBinding.SpecVersion}.");
        }

        var (source, id) = (Required(json, "source"), Required(json, "id"));
        var envelope = new EventEnvelope
        {
            Id = id,
            Source = source,
            Type = Required(json, "type"),
            Subject = KafkaBinding.Subject(Optional(json, "subject") is { } subject ? Encoding.UTF8.GetBytes(subject) : null, message.Key),
            Time = Optional(json, "time") is { } time ? Time(time) : KafkaBinding.WrittenAt(message),
            CorrelationId = CloudEventAttribute.Sane(Optional(json, "correlationid")) ?? EventIdentity.Printable(source, id),
            CausationId = CloudEventAttribute.Sane(Optional(json, "causationid")) ?? EventIdentity.Printable(source, id),
            TraceParent = Optional(json, "traceparent"),
            TraceState = Optional(json, "tracestate"),
        };
        return new ReceivedEvent(envelope, Data(json), Optional(json, "dataschema") is { } schema ? Encoding.UTF8.GetBytes(schema) : null);
    }

    private static JsonDocument Parse(byte[] value)
    {
        try
        {
            return JsonDocument.Parse(value, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name, at any depth, holds half of a surrogate pair.
            throw new UnreadableEventException("The structured event is not valid JSON.", exception);
        }
    }

    private static string Required(JsonElement json, string name) => CloudEventAttribute.Required(Optional(json, name), name);

    private static string? Optional(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? CloudEventAttribute.Printable(Text(value, name), name)
            : throw new UnreadableEventException($"{name} is not a JSON string.");
    }

    private static string Text(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            // The bytes are not UTF-8, or hold half of a surrogate pair.
            throw new UnreadableEventException($"{name} is not a text.", exception);
        }
    }

    private static DateTimeOffset Time(string time) =>
        EventTime.Parse(time) ?? throw new UnreadableEventException($"time {CloudEventAttribute.Quoted(time)} is not an RFC 3339 time.");

    private static ReadOnlyMemory<byte> Data(JsonElement json)
    {
        // If it is missing, data is JSON (JSON event format, section 3.1).
        if (Optional(json, "datacontenttype") is { } contentType)
        {
            JsonMediaType.Require(contentType, "datacontenttype");
        }

        var hasData = json.TryGetProperty("data", out var data);
        if (!json.TryGetProperty("data_base64", out var encoded))
        {
            return hasData ? JsonMarshal.GetRawUtf8Value(data).ToArray() : throw new UnreadableEventException("The event has no data.");
        }

        return !hasData && encoded.ValueKind == JsonValueKind.String && Base64(encoded) is { } bytes
            ? bytes
            : throw new UnreadableEventException("data_base64 is not Base64, or there is data as well.");
    }

    private static byte[]? Base64(JsonElement encoded)
    {
        try
        {
            return encoded.TryGetBytesFromBase64(out var bytes) ? bytes : null;
        }
        catch (InvalidOperationException)
        {
            // It holds half of a surrogate pair.
            return null;
        }
    }
}
