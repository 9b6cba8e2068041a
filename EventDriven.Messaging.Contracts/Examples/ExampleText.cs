using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Examples;

/// <summary>A text that a schema admits.</summary>
internal static class ExampleText
{
    /// <summary>A text of the schema's format, pattern and length; otherwise the field's own name.</summary>
    public static string Of(JsonObject schema, string name) => (string?)schema["format"] switch
    {
        "uuid" => Uuid(name),
        "date-time" => "2026-01-31T12:30:00Z",
        "date" => "2026-01-31",
        "time" => "12:30:00Z",
        "time-span" => "00:30:00",
        "uri" or "uri-reference" => "https://example.com/",
        "email" => "ada@example.com",
        _ when schema["contentEncoding"] is not null => "AQID",
        _ when (string?)schema["pattern"] is { } pattern => ExamplePattern.Of(pattern),
        _ when name.EndsWith("email", StringComparison.OrdinalIgnoreCase) => "ada@example.com",
        _ => Sized(name, (int?)schema["minLength"] ?? 0, (int?)schema["maxLength"] ?? int.MaxValue),
    };

    // The same field has the same id in every example, so that they read as a story.
    private static string Uuid(string name) => $"{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";

    private static string Sized(string text, int least, int most) =>
        text.Length > most ? text[..most] : text.PadRight(least, 'x');
}
