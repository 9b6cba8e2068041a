using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>An event's data and headers as people read them. Personal data is sealed on the log, and shown as that.</summary>
internal static class EventText
{
    // Version 1 of a sealed value (docs/security.md).
    private const string Sealed = "pd1.";
    private const string Masked = "(personal data, sealed)";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Indented JSON; else the text, or the bytes in base64.</summary>
    public static string Of(byte[]? data)
    {
        if (data is null)
        {
            return "(no data)";
        }

        try
        {
            return Mask(JsonNode.Parse(data))?.ToJsonString(Readable) ?? "null";
        }
        catch (JsonException)
        {
            return Text(data);
        }
    }

    /// <summary>Names and values of stored headers.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers(string stored) =>
    [
        .. JsonNode.Parse(stored)!.AsArray().Select(header => (
            (string?)header!["name"] ?? "", (string?)header["value"] is { } value ? Text(Convert.FromBase64String(value)) : "")),
    ];

    private static string Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return $"base64: {Convert.ToBase64String(bytes)}";
        }
    }

    private static JsonNode? Mask(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Mask(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Mask)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith(Sealed, StringComparison.Ordinal) =>
            JsonValue.Create(Masked),
        _ => node?.DeepClone(),
    };
}
