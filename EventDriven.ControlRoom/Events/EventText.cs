using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDriven.Messaging.Privacy;

namespace EventDriven.ControlRoom.Events;

/// <summary>
/// What an event says, for people. Personal data is sealed on the log; here it is only named, because its cipher tells nothing.
/// </summary>
internal static partial class EventText
{
    /// <summary>Stands in place of personal data.</summary>
    public const string Sealed = "(personal data, sealed)";

    private const int TypeParts = 2;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Encoding for HTML is Razor's.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Data as indented JSON; else the text, or the bytes in base64.</summary>
    public static string Of(byte[]? data) => data is null ? "(no data)" : Indent(Text(data));

    /// <summary>Names and values of stored headers.</summary>
    public static IReadOnlyList<(string Name, string Value)> Headers(string stored) =>
    [
        .. JsonNode.Parse(stored)!.AsArray().Select(header => (
            (string?)header!["name"] ?? "", (string?)header["value"] is { } value ? Text(Convert.FromBase64String(value)) : "")),
    ];

    /// <summary>Data as indented JSON; as it is if it is no JSON.</summary>
    public static string Indent(string data)
    {
        try
        {
            return Mask(JsonNode.Parse(data))?.ToJsonString(Indented) ?? "null";
        }
        catch (JsonException)
        {
            return Mask(data);
        }
    }

    /// <summary>Data in one line, of at most so many characters.</summary>
    public static string Short(string? data, int length)
    {
        var line = Blanks().Replace(Mask(data ?? ""), " ");
        return line.Length <= length ? line : $"{line[..length]}…";
    }

    /// <summary>The fact that a type names, without system, domain and version, such as <c>order-placed</c>.</summary>
    public static string FactOf(string? type) =>
        type?.Split('.') is { Length: > TypeParts } parts ? parts[^TypeParts] : type ?? "unreadable";

    /// <summary>The service of a source, such as <c>checkout</c> of <c>/checkout</c>.</summary>
    public static string? ServiceOf(string? source) => source?.TrimStart('/') is { Length: > 0 } name ? name : null;

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
        JsonValue value when value.TryGetValue<string>(out var text) && SubjectKey.IsSealed(text) => JsonValue.Create(Sealed),
        _ => node?.DeepClone(),
    };

    private static string Mask(string text) => SealedText().Replace(text, Sealed);

    [GeneratedRegex(@"pd1\.[0-9a-fA-F]{32}\.[0-9A-Za-z_\-]+", RegexOptions.NonBacktracking)]
    private static partial Regex SealedText();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
