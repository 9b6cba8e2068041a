using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Tests.Fuzz;

/// <summary>Records of Kafka that are nearly events.</summary>
internal static class RecordMutations
{
    private const string Structured = "application/cloudevents+json";

    private static readonly DateTimeOffset Time = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Attributes =
    [
        "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "ce_dataschema", "ce_correlationid", "ce_causationid",
        "ce_traceparent", "ce_tracestate", "content-type",
    ];

    /// <summary>An event as it should be.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="key">Its key.</param>
    /// <param name="data">Its data.</param>
    /// <param name="id">Its id.</param>
    public static Message<byte[], byte[]> Valid(
        string type, string key, string data, string id = "0190a1b2-0000-7000-8000-000000000001") => KafkaBinding.Write(
        new EventEnvelope
        {
            Id = id,
            Source = "/elsewhere",
            Type = type,
            Subject = key,
            Time = Time,
            CorrelationId = "correlation-1",
            CausationId = "causation-1",
            TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            TraceState = "vendor=1",
        },
        Encoding.UTF8.GetBytes(data));

    /// <summary>An event in binary mode, with changes in headers, key, data or time.</summary>
    public static Message<byte[], byte[]> BinaryRecord(this FuzzCase fuzz, Message<byte[], byte[]> valid)
    {
        var changes = fuzz.Random.Next(1, 16);
        return new Message<byte[], byte[]>
        {
            Key = Key(fuzz, (changes & 1) != 0 && fuzz.Chance(30), valid.Key),
            Headers = (changes & 2) != 0 ? Changed(fuzz, valid.Headers) : valid.Headers,
            Value = (changes & 4) != 0 ? Data(fuzz, valid.Value)! : valid.Value,
            Timestamp = (changes & 8) != 0 && fuzz.Chance(30) ? Timestamp(fuzz) : new Timestamp(Time),
        };
    }

    /// <summary>An event in structured mode, with changes.</summary>
    public static Message<byte[], byte[]> StructuredRecord(this FuzzCase fuzz, Message<byte[], byte[]> valid)
    {
        var json = new JsonObject();
        foreach (var header in valid.Headers)
        {
            json[header.Key == "content-type" ? "datacontenttype" : header.Key["ce_".Length..]] =
                Encoding.UTF8.GetString(header.GetValueBytes());
        }

        _ = fuzz.Chance(80)
            ? json["data"] = JsonNode.Parse(valid.Value)
            : json["data_base64"] = Convert.ToBase64String(valid.Value);
        return new Message<byte[], byte[]>
        {
            Key = Key(fuzz, fuzz.Chance(5), valid.Key),
            Headers = new Headers
            {
                { "content-type", fuzz.Chance(10) ? fuzz.TextBytes(Structured) : Encoding.UTF8.GetBytes(Structured) },
            },
            Value = fuzz.Json(json.ToJsonString()),
            Timestamp = new Timestamp(Time),
        };
    }

    /// <summary>The record as a text, to show it.</summary>
    public static string Shown(Message<byte[], byte[]> message) => string.Create(
        CultureInfo.InvariantCulture,
        $"key={Text(message.Key)} headers=[{string.Join(", ", message.Headers.Select(h => $"{h.Key}={Text(h.GetValueBytes())}"))}] "
            + $"ms={message.Timestamp.UnixTimestampMs} value={Text(message.Value)}");

    private static string Text(byte[]? bytes) => bytes is null ? "null" : Encoding.Latin1.GetString(bytes);

    private static byte[]? Data(FuzzCase fuzz, byte[] valid) =>
        fuzz.Chance(2) ? null : fuzz.Json(Encoding.UTF8.GetString(valid));

    private static byte[] Key(FuzzCase fuzz, bool isChanged, byte[] valid) =>
        !isChanged ? valid : fuzz.Chance(10) ? null! : fuzz.TextBytes(Encoding.UTF8.GetString(valid));

    private static Timestamp Timestamp(FuzzCase fuzz) => new(
        fuzz.Pick([0, -1, long.MinValue, long.MaxValue, 253_402_300_800_000, -62_135_596_800_001, 1L << 53]), TimestampType.CreateTime);

    private static Headers Changed(FuzzCase fuzz, Headers valid)
    {
        var pairs = valid.Select(header => (header.Key, Value: (byte[]?)header.GetValueBytes())).ToList();
        for (var changes = fuzz.Random.Next(1, 4); changes > 0 && pairs.Count > 0; changes--)
        {
            var at = fuzz.Random.Next(pairs.Count);
            var (name, value) = pairs[at];
            switch (fuzz.Random.Next(8))
            {
                case 0:
                    pairs.RemoveAt(at);
                    break;
                case 1:
                    pairs.Add((fuzz.Pick(Attributes), value));
                    break;
                case 2:
                    pairs[at] = (name, null);
                    break;
                case 3:
                    pairs[at] = (fuzz.Text(name), value);
                    break;
                default:
                    pairs[at] = (name, fuzz.TextBytes(Encoding.UTF8.GetString(value ?? [])));
                    break;
            }
        }

        var headers = new Headers();
        foreach (var (name, value) in pairs)
        {
            headers.Add(name, value);
        }

        return headers;
    }
}
