using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging.Consumer;

namespace EventDriven.Messaging.Events;

/// <summary>CloudEvents 1.0, Kafka protocol binding, binary mode: attributes in <c>ce_…</c> headers, data as the record's value.</summary>
internal static class KafkaBinding
{
    private const string Prefix = "ce_";
    private const string SpecVersion = "1.0";
    private const string ContentType = "content-type";
    private const string Json = "application/json";

    private static readonly byte[] SpecVersionBytes = "1.0"u8.ToArray();
    private static readonly byte[] JsonBytes = "application/json"u8.ToArray();

    // What is the same for each event of a type; a service has a handful of them.
    private static readonly ConcurrentDictionary<(string Source, string Type), (byte[] Source, byte[] Type, byte[] DataSchema)> Constant = new();
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Message<byte[], byte[]> Write(EventEnvelope envelope, byte[] data)
    {
        var subject = Encoding.UTF8.GetBytes(envelope.Subject);
        var (source, type, dataSchema) = Constant.GetOrAdd((envelope.Source, envelope.Type), ConstantBytes);
        var headers = new Headers
        {
            { Prefix + "specversion", SpecVersionBytes },
            { Prefix + "id", Bytes(envelope.Id, "D") },
            { Prefix + "source", source },
            { Prefix + "type", type },
            { Prefix + "subject", subject },
            { Prefix + "time", Bytes(envelope.Time.UtcDateTime, "O") },
            { Prefix + "dataschema", dataSchema },
            { Prefix + "correlationid", Encoding.UTF8.GetBytes(envelope.CorrelationId) },
            { Prefix + "causationid", Encoding.UTF8.GetBytes(envelope.CausationId) },
            { ContentType, JsonBytes },
        };
        if (envelope.TraceParent is not null)
        {
            headers.Add(Prefix + "traceparent", Encoding.UTF8.GetBytes(envelope.TraceParent));
        }

        if (!string.IsNullOrEmpty(envelope.TraceState))
        {
            headers.Add(Prefix + "tracestate", Encoding.UTF8.GetBytes(envelope.TraceState));
        }

        return new Message<byte[], byte[]> { Key = subject, Value = data, Headers = headers };
    }

    /// <summary>Reads the attributes; those that the specification leaves optional and a stranger's producer may lack fall back to the event's id.</summary>
    /// <exception cref="UnreadableEventException">A required attribute is missing or malformed; the message names it.</exception>
    public static EventEnvelope Read(Message<byte[], byte[]> message)
    {
        var headers = message.Headers;
        if (Required(headers, "specversion") != SpecVersion)
        {
            throw new UnreadableEventException($"ce_specversion is '{Required(headers, "specversion")}', not {SpecVersion}.");
        }

        var contentType = Text(headers, ContentType);
        if (contentType is not null && !contentType.StartsWith(Json, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableEventException($"content-type is '{contentType}', not {Json}.");
        }

        if (!Guid.TryParse(Required(headers, "id"), out var id))
        {
            throw new UnreadableEventException($"ce_id '{Required(headers, "id")}' is not a UUID.");
        }

        if (!DateTimeOffset.TryParse(
            Required(headers, "time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            throw new UnreadableEventException($"ce_time '{Required(headers, "time")}' is not an RFC 3339 time.");
        }

        var subject = Required(headers, "subject");
        if (message.Key is null || !message.Key.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(subject)))
        {
            throw new UnreadableEventException("The Kafka key is not ce_subject, so the order of its events is not defined.");
        }

        if (message.Value is null)
        {
            throw new UnreadableEventException("The record has no data.");
        }

        return new EventEnvelope
        {
            Id = id,
            Source = Required(headers, "source"),
            Type = Required(headers, "type"),
            Subject = subject,
            Time = time,
            CorrelationId = Text(headers, Prefix + "correlationid") is { } correlation && CorrelationContext.IsSane(correlation) ? correlation : id.ToString(),
            CausationId = Text(headers, Prefix + "causationid") is { } causation && CorrelationContext.IsSane(causation) ? causation : id.ToString(),
            TraceParent = Text(headers, Prefix + "traceparent"),
            TraceState = Text(headers, Prefix + "tracestate"),
        };
    }

    private static (byte[] Source, byte[] Type, byte[] DataSchema) ConstantBytes((string Source, string Type) of) =>
        (Encoding.UTF8.GetBytes(of.Source), Encoding.UTF8.GetBytes(of.Type), Encoding.UTF8.GetBytes(EventName.DataSchema(of.Type)));

    // A UUID and a time, without a string in between.
    private static byte[] Bytes<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> buffer = stackalloc byte[64];
        return value.TryFormat(buffer, out var written, format, CultureInfo.InvariantCulture)
            ? buffer[..written].ToArray()
            : throw new ArgumentException($"'{value}' takes more than {buffer.Length} bytes.", nameof(value));
    }

    private static string Required(Headers headers, string attribute) =>
        Text(headers, Prefix + attribute) is { Length: > 0 } value
            ? value
            : throw new UnreadableEventException($"ce_{attribute} is missing.");

    private static string? Text(Headers? headers, string name)
    {
        if (headers is null || !headers.TryGetLastBytes(name, out var bytes) || bytes is null)
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UnreadableEventException($"{name} is not UTF-8.", exception);
        }
    }
}
