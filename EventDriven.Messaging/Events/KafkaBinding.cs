using System.Buffers.Text;
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
    private const string DataSchema = Prefix + "dataschema";
    private const string ContentType = "content-type";
    private const string Json = "application/json";
    private const int MaxQuoted = 100;

    private static readonly byte[] SpecVersionBytes = "1.0"u8.ToArray();
    private static readonly byte[] JsonBytes = "application/json"u8.ToArray();

    // What is the same for each event of a type; a service has a handful of them.
    private static readonly ConcurrentDictionary<(string Source, string Type), (byte[] Source, byte[] Type, byte[] DataSchema)> Constant = new();
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly RepeatedText KnownTexts = new(StrictUtf8);

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
            { DataSchema, dataSchema },
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
        var headers = new CloudEventHeaders(message.Headers);
        if (!Required(headers.SpecVersion, "specversion").AsSpan().SequenceEqual(SpecVersionBytes))
        {
            throw new UnreadableEventException($"ce_specversion is {Quoted(headers.SpecVersion!, "ce_specversion")}, not {SpecVersion}.");
        }

        if (headers.ContentType is { } contentType && !Repeated(contentType, ContentType).StartsWith(Json, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnreadableEventException($"content-type is {Quoted(contentType, ContentType)}, not {Json}.");
        }

        if (!Guid.TryParse(Required(headers.Id, "id"), out var id))
        {
            throw new UnreadableEventException($"ce_id {Quoted(headers.Id!, "ce_id")} is not a UUID.");
        }

        var subject = Required(headers.Subject, "subject");
        if (message.Key is null || !message.Key.AsSpan().SequenceEqual(subject))
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
            Source = Repeated(Required(headers.Source, "source"), "ce_source"),
            Type = Repeated(Required(headers.Type, "type"), "ce_type"),
            Subject = Text(subject, "ce_subject"),
            Time = Time(Required(headers.Time, "time")),
            CorrelationId = Sane(headers.CorrelationId, "ce_correlationid") ?? id.ToString(),
            CausationId = Sane(headers.CausationId, "ce_causationid") ?? id.ToString(),
            TraceParent = headers.TraceParent is { } parent ? Text(parent, "ce_traceparent") : null,
            TraceState = headers.TraceState is { } state ? Text(state, "ce_tracestate") : null,
        };
    }

    /// <summary>Makes sure that the data is of a schema, where the record names one.</summary>
    /// <exception cref="UnreadableEventException">It names another.</exception>
    public static void RequireSchema(Message<byte[], byte[]> message, byte[] schema)
    {
        if (message.Headers.TryGetLastBytes(DataSchema, out var named) && !named.AsSpan().SequenceEqual(schema))
        {
            throw new UnreadableEventException($"{DataSchema} is {Quoted(named, DataSchema)}, not {Encoding.UTF8.GetString(schema)}.");
        }
    }

    /// <summary>When the fact of a record happened; where that can't be read, when the record was written.</summary>
    public static DateTimeOffset TimeOf(Message<byte[], byte[]> message)
    {
        try
        {
            return Time(Required(new CloudEventHeaders(message.Headers).Time, "time"));
        }
        catch (UnreadableEventException)
        {
            return new DateTimeOffset(message.Timestamp.UtcDateTime, TimeSpan.Zero);
        }
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

    private static byte[] Required(byte[]? value, string attribute) =>
        value is { Length: > 0 } ? value : throw new UnreadableEventException($"ce_{attribute} is missing.");

    private static DateTimeOffset Time(byte[] value)
    {
        // The form that we write ourselves is read without a detour over text.
        if (Utf8Parser.TryParse(value, out DateTime own, out var read, 'O') && read == value.Length && own.Kind == DateTimeKind.Utc)
        {
            return new DateTimeOffset(own);
        }

        var text = Text(value, "ce_time");
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new UnreadableEventException($"ce_time {Quoted(value, "ce_time")} is not an RFC 3339 time.");
    }

    private static string? Sane(byte[]? value, string name) =>
        value is not null && Text(value, name) is var text && CorrelationContext.IsSane(text) ? text : null;

    private static string Repeated(byte[] value, string name) => Decode(value, name, KnownTexts.Get);

    private static string Text(byte[] value, string name) => Decode(value, name, StrictUtf8.GetString);

    // A stranger's header may be long, and hold anything.
    private static string Quoted(byte[] value, string name) =>
        Text(value, name) is { Length: > MaxQuoted } text ? $"'{text[..MaxQuoted]}…'" : $"'{Text(value, name)}'";

    private static string Decode(byte[] value, string name, Func<byte[], string> decode)
    {
        try
        {
            return decode(value);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UnreadableEventException($"{name} is not UTF-8.", exception);
        }
    }
}
