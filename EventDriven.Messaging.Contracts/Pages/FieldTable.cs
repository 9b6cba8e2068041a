using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Gate;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>The fields of an event: what each means, what it admits, and who reads it.</summary>
internal static class FieldTable
{
    public static Html Of(EventContract contract, Landscape landscape)
    {
        var required = Required(contract.Schema, "").ToHashSet(StringComparer.Ordinal);
        return Html.Of(
            $"""
            <table>
            <thead><tr><th>Field</th><th>Value</th><th>Meaning</th><th>Read by</th></tr></thead>
            <tbody>
            {FieldPath.Fields(contract.Schema).Select(field =>
                Row(field.Path, field.Schema, required.Contains(field.Path), landscape.ConsumersOf(contract.Type)))}</tbody>
            </table>
            """);
    }

    private static Html Row(string path, JsonObject schema, bool isRequired, IEnumerable<ConsumedEvent> consumers) => Html.Of(
        $"""
        <tr><td><code>{path}</code>{Marks(schema)}</td>
        <td>{ValueWords.Of(schema)}<br><small>{(isRequired ? "required" : "optional")}</small></td>
        <td>{(string?)schema["description"]}</td><td>{Readers(path, consumers)}</td></tr>

        """);

    private static IEnumerable<Html> Marks(JsonObject schema)
    {
        if (schema.ContainsKey("x-personal-data"))
        {
            yield return Html.Of($" <mark>personal data</mark>");
        }

        if ((bool?)schema["deprecated"] ?? false)
        {
            yield return Html.Of($" <mark>deprecated</mark>");
        }
    }

    private static Html Readers(string path, IEnumerable<ConsumedEvent> consumers)
    {
        var readers =
            from consumed in consumers
            from member in consumed.Members
            where member.Path == path
            select Html.Of($"<div><b>{consumed.Service}</b> <code>{member.Name}</code></div>");
        return Html.Of($"{readers.DefaultIfEmpty(Html.Of($"<i>nobody here</i>"))}");
    }

    // The paths of required fields, of the records within the event, too.
    private static IEnumerable<string> Required(JsonObject schema, string within)
    {
        var own = (schema["required"] as JsonArray ?? []).Select(name => within.Length == 0 ? $"{name}" : $"{within}.{name}");
        var inner = (schema["properties"] as JsonObject ?? [])
            .Where(field => field.Value is JsonObject)
            .SelectMany(field => Required((JsonObject)field.Value!, within.Length == 0 ? field.Key : $"{within}.{field.Key}"));
        var items = schema["items"] is JsonObject item ? Required(item, $"{within}[]") : [];
        var values = schema["additionalProperties"] is JsonObject value ? Required(value, $"{within}.*") : [];
        return [.. own, .. inner, .. items, .. values];
    }
}
