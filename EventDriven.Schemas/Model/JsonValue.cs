using System.Text;
using System.Text.Json;

namespace EventDriven.Schemas.Model;

/// <summary>A JSON value that equals another one as JSON Schema says: 1 and 1.0 are equal, and so are objects in any order.</summary>
internal sealed class JsonValue(JsonElement element) : IEquatable<JsonValue>
{
    public JsonElement Element { get; } = element;

    public JsonTypes Type { get; } = JsonTypeNames.Of(element);

    /// <summary>A text that equal values have in common.</summary>
    public string Key { get; } = KeyOf(element);

    public static JsonValue Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new JsonValue(document.RootElement.Clone());
    }

    public static JsonValue OfString(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStringValue(text);
        }

        return Parse(Encoding.UTF8.GetString(stream.ToArray()));
    }

    public static string KeyOf(JsonElement element)
    {
        var text = new StringBuilder();
        Write(element, text);
        return text.ToString();
    }

    public bool Equals(JsonValue? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as JsonValue);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Writes a text in quotation marks, so that two texts in a row can't be taken for one.</summary>
    public static void Quote(string value, StringBuilder text)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        text.Append('"').Append(escaped).Append('"');
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                text.Append(ExactNumber.Parse(element.GetRawText()));
                break;
            case JsonValueKind.String:
                Quote(element.GetString()!, text);
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    Quote(property.Name, text);
                    Write(property.Value, text.Append(':'));
                    text.Append(',');
                }

                text.Append('}');
                break;
            default:
                text.Append(element.ValueKind);
                break;
        }
    }
}
