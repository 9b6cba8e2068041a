using System.Globalization;
using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>A record of the log with all that it says, as text. Personal data in it stays sealed.</summary>
/// <param name="Record">Where it is, when it was sent, and its event's id, type and key.</param>
/// <param name="HappenedAt">When the fact happened, UTC; when the record was sent where it can't be read.</param>
/// <param name="Headers">Its headers in their order. What is no UTF-8 has the replacement character in its place.</param>
/// <param name="Data">Its value, at most <see cref="MaxData"/> characters; null if it has none.</param>
public sealed record LoggedEvent(
    LogRecord Record, DateTimeOffset HappenedAt, IReadOnlyList<KeyValuePair<string, string>> Headers, string? Data)
{
    /// <summary>The most characters of the data, and of a header, that are kept.</summary>
    public const int MaxData = 64 * 1024;

    // Version, trace id, span id and flags (W3C Trace Context).
    private const int TraceParts = 4;
    private const int TraceIdLength = 32;

    /// <summary>CloudEvents source; null when the record does not say.</summary>
    public string? Source => Header("ce_source");

    /// <summary>What names all that one request led to; null when the record does not say.</summary>
    public string? CorrelationId => Header("ce_correlationid");

    /// <summary>The event or the request's span that caused it; null when the record does not say.</summary>
    public string? CausationId => Header("ce_causationid");

    /// <summary>Id of its trace, 32 hexadecimal digits; null when it has none.</summary>
    public string? TraceId =>
        Header("ce_traceparent")?.Split('-') is { Length: >= TraceParts } parts && parts[1].Length == TraceIdLength
            && parts[1].All(char.IsAsciiHexDigit) ? parts[1] : null;

    /// <summary>Whether a text stands in its key, its type, a header or its data, in whatever case.</summary>
    public bool Mentions(string text) =>
        Has(Record.Key, text) || Has(Record.Type, text) || Has(Data, text) || Headers.Any(header => Has(header.Value, text));

    /// <summary>Reads a record.</summary>
    internal static LoggedEvent Of(ConsumeResult<byte[], byte[]> record) => new(
        LogRecord.Of(record),
        KafkaBinding.TimeOf(record.Message),
        [.. (record.Message.Headers ?? []).Select(header => KeyValuePair.Create(header.Key, Text(header.GetValueBytes() ?? [])))],
        record.Message.Value is { } value ? Text(value) : null);

    private static bool Has(string? within, string text) => within?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static string Text(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return text.Length <= MaxData
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text[..MaxData]}… ({bytes.Length:N0} bytes in all)");
    }

    // The last one counts, as for consumers.
    private string? Header(string name) => Headers.LastOrDefault(header => header.Key == name).Value;
}
