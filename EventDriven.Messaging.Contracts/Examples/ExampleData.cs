using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Examples;

/// <summary>Makes an event's data from its schema, the same each time: what a reader of the contract may expect.</summary>
internal static class ExampleData
{
    /// <summary>A value that the schema admits.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">Name of the field, which words and ids are made from.</param>
    public static JsonNode? Of(JsonObject schema, string name = "value") => Given(schema) ?? TypeOf(schema) switch
    {
        "object" => Object(schema),
        "array" => Array(schema, name),
        "integer" or "number" => ExampleNumber.Of(schema),
        "boolean" => JsonValue.Create(value: true),
        "null" => null,
        _ => JsonValue.Create(ExampleText.Of(schema, name)),
    };

    /// <summary>The type of a schema; where it may be null, the other one.</summary>
    public static string? TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(type => $"{type}").FirstOrDefault(type => type != "null") ?? "null",
        { } type => $"{type}",
        null => null,
    };

    private static JsonNode? Given(JsonObject schema) =>
        (schema["const"] ?? (schema["enum"] as JsonArray)?.FirstOrDefault(value => value is not null) ?? schema["default"])?.DeepClone();

    private static JsonObject Object(JsonObject schema)
    {
        var example = new JsonObject();
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            example[name] = Of(field as JsonObject ?? [], name);
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            example["key"] = Of(values);
        }

        return example;
    }

    private static JsonArray Array(JsonObject schema, string name)
    {
        var least = (int?)schema["minItems"] ?? 1;
        var most = (int?)schema["maxItems"] ?? int.MaxValue;
        var items = schema["items"] as JsonObject ?? [];
        return [.. Enumerable.Range(0, Math.Min(Math.Max(least, 1), most)).Select(_ => Of(items, name))];
    }
}
