using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EventDriven.Cli.Reference;

/// <summary>The JSON Schema (2020-12) of what a command writes, from the type that it serializes.</summary>
internal static class OutputSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The schema of one output, or of one line of it.</summary>
    /// <param name="command">The command, such as <c>dead-letters list</c>.</param>
    /// <param name="output">What it writes.</param>
    public static JsonObject Of(string command, CommandOutput output)
    {
        var schema = JsonOutput.Indented.GetJsonSchemaAsNode(output.Type, Options).AsObject();

        if (output.Kinds.Count > 0)
        {
            schema["anyOf"]!.AsArray().RemoveAll(kind => !output.Kinds.Contains($"{kind!["properties"]!["kind"]!["const"]}"));
        }

        // Its references count from here, wherever it stands.
        schema.Insert(0, "$id", $"urn:eventdriven:cli:{command.Replace(' ', ':')}");
        return schema;
    }

    private static JsonObject Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = node as JsonObject ?? [];
        var type = context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
        {
            // The converter's own, of which the exporter can't know.
            schema["type"] = type == typeof(DateTimeOffset) ? "string" : new JsonArray("string", "null");
            schema["format"] = "date-time";
        }

        if (schema["properties"] is not null && schema["additionalProperties"] is null)
        {
            schema["additionalProperties"] = false;
        }

        if (Description(context) is { Length: > 0 } description)
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }

    private static string? Description(JsonSchemaExporterContext context) => context.PropertyInfo is { } property
        ? TypeDocumentation.Of(property.DeclaringType, Pascal(property.Name))
        : context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object
            ? TypeDocumentation.Of(context.TypeInfo.Type)
            : null;

    private static string Pascal(string name) => $"{char.ToUpperInvariant(name[0])}{name.AsSpan(1)}";
}
