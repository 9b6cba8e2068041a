using System.Text.Json.Nodes;

namespace EventDriven.Cli.Reference;

/// <summary>A JSON Schema as a table of fields.</summary>
internal static class FieldTable
{
    /// <summary>The table's lines; several tables, each with a title, for a schema of several kinds of objects.</summary>
    public static IEnumerable<string> Of(JsonNode schema)
    {
        var kinds = schema["anyOf"]?.AsArray().OfType<JsonObject>().ToList() ?? [];
        return kinds.Count > 0 ? kinds.SelectMany(Kind) : Table(schema);
    }

    private static IEnumerable<string> Kind(JsonObject kind) =>
        [$"`{kind["properties"]?["kind"]?["const"]}`: {kind["description"]}", "", .. Table(kind)];

    private static IEnumerable<string> Table(JsonNode schema) =>
    [
        "| field | type | meaning |", "|---|---|---|",
        .. Rows(schema, ""),
        "",
    ];

    private static IEnumerable<string> Rows(JsonNode schema, string path)
    {
        if (schema["items"] is { } items)
        {
            return items["$ref"] is { } same ? [$"| `{path}[]` | object | As `{Path($"{same}")}`. |"] : Rows(items, $"{path}[]");
        }

        if (schema["properties"] is JsonObject properties)
        {
            return properties.SelectMany(property => Field(property.Value!, path.Length == 0 ? property.Key : $"{path}.{property.Key}"));
        }

        return schema["additionalProperties"] is JsonObject values ? Rows(values, $"{path}.*") : [];
    }

    private static IEnumerable<string> Field(JsonNode schema, string path) =>
        [$"| `{path}` | {Type(schema)} | {Text(schema)} |", .. Rows(schema, path)];

    // Of a pointer such as #/items/properties/failed/items.
    private static string Path(string pointer) => string.Concat(pointer.Split('/').Skip(1).Select(part => part switch
    {
        "properties" => ".",
        "items" => "[]",
        _ => part,
    })).TrimStart('.');

    private static string Text(JsonNode schema) => $"{schema["description"]}".Replace("|", "\\|", StringComparison.Ordinal);

    private static string Type(JsonNode schema)
    {
        if (schema["const"] is { } constant)
        {
            return $"`{constant}`";
        }

        if (schema["enum"] is JsonArray values)
        {
            return string.Join(" or ", values.Select(value => value is null ? "null" : $"`{value}`"));
        }

        var types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => $"{type}")],
            JsonValue one => [$"{one}"],
            _ => (List<string>)[],
        };
        return types.Count == 0
            ? "any"
            : string.Join(" or ", types.Select(type => type == "string" && schema["format"] is { } format ? Format($"{format}") : type));
    }

    private static string Format(string format) => format switch
    {
        "date-time" => "time",
        "uuid" => "id",
        _ => "string",
    };
}
