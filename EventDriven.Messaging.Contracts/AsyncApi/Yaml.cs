using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Contracts.AsyncApi;

/// <summary>Writes JSON as YAML 1.2 in block style.</summary>
internal static partial class Yaml
{
    private const string Step = "  ";

    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, with a line break at its end.</summary>
    public static string Write(JsonObject document)
    {
        var text = new StringBuilder();
        WriteMembers(text, document, "");
        return text.ToString();
    }

    private static void WriteMembers(StringBuilder text, JsonObject members, string indent)
    {
        foreach (var (name, value) in members)
        {
            text.Append(indent).Append(Scalar(name)).Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, string indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                text.Append('\n');
                WriteMembers(text, members, indent + Step);
                break;
            case JsonArray { Count: > 0 } items:
                text.Append('\n');
                foreach (var item in items)
                {
                    WriteItem(text, item, indent + Step);
                }

                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    // The first member of an object stands beside the dash.
    private static void WriteItem(StringBuilder text, JsonNode? item, string indent)
    {
        text.Append(indent).Append('-');
        if (item is JsonObject { Count: > 0 } members)
        {
            var start = text.Length;
            WriteMembers(text, members, indent + Step);
            text.Remove(start, indent.Length + Step.Length).Insert(start, ' ');
        }
        else
        {
            WriteValue(text, item, indent);
        }
    }

    // A string that is not plain is written as in JSON, which is YAML, too.
    private static string Scalar(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String
        ? Scalar(value.GetValue<string>())
        : value?.ToJsonString() ?? "null";

    private static string Scalar(string value) =>
        Plain().IsMatch(value) && !Reserved().IsMatch(value) ? value : JsonSerializer.Serialize(value, Quoted);

    [GeneratedRegex(@"\A[A-Za-z_$/][A-Za-z0-9_$./ ,;()+'-]*(?<! )\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?:null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reserved();
}
