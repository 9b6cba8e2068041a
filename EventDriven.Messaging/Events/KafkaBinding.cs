using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace EventDriven.Messaging.Events;

/// <summary>
/// CloudEvents 1.0, Kafka protocol binding. Events are written in binary mode: attributes in <c>ce_…</c> headers, data as the record's
/// value. They are read in binary and in structured mode (<see cref="StructuredMode"/>).
/// </summary>
internal static class KafkaBinding
{
    /// <summary>The version of CloudEvents that is written and read.</summary>
    public const string SpecVersion = "1.0";

    private const string Prefix = "ce_";
    private static readonly long FirstMs = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private const string DataSchema = Prefix + "dataschema";
    private const string ContentType = "content-type";

    private static readonly byte[] SpecVersionBytes = "1.0"u8.ToArray();
    private static readonly byte[] JsonBytes = "application/json"u8.ToArray();

    // The bytes that all events of a type share, by source and type. A service has only a few types.
    private static readonly ConcurrentDictionary<(string Source, string Type), (byte[] Source, byte[] Type, byte[] DataSchema)> Constant =
        new();

    /// <summary>Writes an event in binary mode.</summary>
    /// <param name="envelope">Its attributes.</param>
    /// <param name="data">Its data, UTF-8 JSON.</param>
    /// <param name="schema">Its <c>dataschema</c>, in UTF-8; null for a URN of its type.</param>
    public static Message<byte[], byte[]> Write(EventEnvelope envelope, byte[] data, byte[]? schema = null)
    {
        var subject = Encoding.UTF8.GetBytes(envelope.Subject);
        var (source, type, dataSchema) = Constant.GetOrAdd((envelope.Source, envelope.Type), ConstantBytes);
        var headers = new Headers
        {
            { Prefix + "specversion", SpecVersionBytes },
            { Prefix + "id", Encoding.UTF8.GetBytes(envelope.Id) },
            { Prefix + "source", source },
            { Prefix + "type", type },
            { Prefix + "subject", subject },
            { Prefix + "time", Time(envelope.Time) },
            { DataSchema, schema ?? dataSchema },
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

    /// <summary>
    /// Reads an event. Optional attributes that the producer left out fall back to the record: the time to its timestamp, the subject to
    /// its key, the correlation id to the event's id.
    /// </summary>
    /// <exception cref="UnreadableEventException">A required attribute is missing or malformed; the message names it.</exception>
    public static ReceivedEvent Read(Message<byte[], byte[]> message)
    {
        var headers = new CloudEventHeaders(message.Headers);
        var contentType = headers.ContentType is { } type ? CloudEventAttribute.Repeated(type, ContentType) : null;
        return contentType is not null && StructuredMode.Is(contentType)
            ? StructuredMode.Read(message, contentType)
            : ReadBinary(message, headers, contentType);
    }

    /// <summary>When the fact in a record happened or, if that can't be read, when the record was written.</summary>
    public static DateTimeOffset TimeOf(Message<byte[], byte[]> message)
    {
        try
        {
            var headers = new CloudEventHeaders(message.Headers);
            return headers.Time is { } time ? Time(time) : Read(message).Envelope.Time;
        }
        catch (UnreadableEventException)
        {
            return WrittenAt(message);
        }
    }

    /// <summary>
    /// When a record was written, UTC. A producer may claim any time; one outside .NET's range becomes the nearest time within it.
    /// </summary>
    public static DateTimeOffset WrittenAt(Message<byte[], byte[]> message) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(message.Timestamp.UnixTimestampMs, FirstMs, LastMs));

    /// <summary>The subject of an event. It must equal the record's key, which determines the order of events (law L5).</summary>
    /// <param name="subject">The attribute; null if it is missing.</param>
    /// <param name="key">The record's key.</param>
    /// <exception cref="UnreadableEventException">Both are missing, or they differ.</exception>
    public static string Subject(byte[]? subject, byte[]? key)
    {
        if (key is not { Length: > 0 })
        {
            throw new UnreadableEventException("The record has no key, so the order of its events is not defined.");
        }

        return subject is null || key.AsSpan().SequenceEqual(subject)
            ? CloudEventAttribute.Text(key, "The Kafka key")
            : throw new UnreadableEventException("The Kafka key is not the event's subject, so the order of its events is not defined.");
    }

    private static ReceivedEvent ReadBinary(Message<byte[], byte[]> message, CloudEventHeaders headers, string? contentType)
    {
        var specVersion = CloudEventAttribute.Required(headers.SpecVersion, "ce_specversion");
        if (!specVersion.AsSpan().SequenceEqual(SpecVersionBytes))
        {
            throw new UnreadableEventException(
                $"ce_specversion is {CloudEventAttribute.Quoted(specVersion, "ce_specversion")}, not {SpecVersion}.");
        }

        if (contentType is not null)
        {
            JsonMediaType.Require(contentType, ContentType);
        }

        var id = CloudEventAttribute.Text(CloudEventAttribute.Required(headers.Id, "ce_id"), "ce_id");
        var source = CloudEventAttribute.Repeated(CloudEventAttribute.Required(headers.Source, "ce_source"), "ce_source");
        var envelope = new EventEnvelope
        {
            Id = id,
            Source = source,
            Type = CloudEventAttribute.Repeated(CloudEventAttribute.Required(headers.Type, "ce_type"), "ce_type"),
            Subject = Subject(headers.Subject, message.Key),
            Time = headers.Time is { } time ? Time(time) : WrittenAt(message),
            CorrelationId = Sane(headers.CorrelationId, "ce_correlationid") ?? EventIdentity.Printable(source, id),
            CausationId = Sane(headers.CausationId, "ce_causationid") ?? EventIdentity.Printable(source, id),
            TraceParent = headers.TraceParent is { } parent ? CloudEventAttribute.Text(parent, "ce_traceparent") : null,
            TraceState = headers.TraceState is { } state ? CloudEventAttribute.Text(state, "ce_tracestate") : null,
        };
        return message.Value is null
            ? throw new UnreadableEventException("The record has no data.")
            : new ReceivedEvent(envelope, message.Value, headers.DataSchema);
    }

    private static (byte[] Source, byte[] Type, byte[] DataSchema) ConstantBytes((string Source, string Type) of) =>
        (Encoding.UTF8.GetBytes(of.Source), Encoding.UTF8.GetBytes(of.Type), Encoding.UTF8.GetBytes(EventName.DataSchema(of.Type)));

    // Formats into a buffer, to allocate no string.
    private static byte[] Time(DateTimeOffset time)
    {
        Span<byte> buffer = stackalloc byte[64];
        return time.UtcDateTime.TryFormat(buffer, out var written, "O", CultureInfo.InvariantCulture)
            ? buffer[..written].ToArray()
            : throw new ArgumentException($"'{time}' takes more than {buffer.Length} bytes.", nameof(time));
    }

    private static DateTimeOffset Time(byte[] value) =>
        EventTime.Parse(CloudEventAttribute.Required(value, "ce_time"), () => CloudEventAttribute.Text(value, "ce_time"))
            ?? throw new UnreadableEventException($"ce_time {CloudEventAttribute.Quoted(value, "ce_time")} is not an RFC 3339 time.");

    // An id that is not safe in headers and log lines is ignored.
    private static string? Sane(byte[]? value, string name) =>
        value is null ? null : CloudEventAttribute.Sane(CloudEventAttribute.Decoded(value, name));
}
