using System.Text;
using System.Text.Json.Nodes;

namespace EventDriven.Messaging.Contracts.Model;

/// <summary>Fields of a schema by path, as people write it: <c>lines[].quantity</c>.</summary>
internal static class FieldPath
{
    /// <summary>The field that a location within a schema is about: <c>#/properties/lines/items</c> is <c>lines[]</c>.</summary>
    public static string OfPointer(string pointer)
    {
        var parts = pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var path = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            switch (parts[i])
            {
                case "properties" or "required" when i + 1 < parts.Length:
                    path.Append(path.Length == 0 ? "" : ".").Append(Unescaped(parts[++i]));
                    break;
                case "items":
                    path.Append("[]");
                    break;
                case "additionalProperties":
                    path.Append(".*");
                    break;
                default:
                    return path.ToString();
            }
        }

        return path.ToString();
    }

    /// <summary>The path of a field of an object; the object of the event itself has none.</summary>
    public static string Of(string within, string name) => within.Length == 0 ? name : $"{within}.{name}";

    /// <summary>Whether a field is within another, and not that field itself.</summary>
    public static bool IsWithin(string path, string other) =>
        path.StartsWith(other + ".", StringComparison.Ordinal) || path.StartsWith(other + "[", StringComparison.Ordinal);

    /// <summary>Every field of a schema, and of the objects within it.</summary>
    public static IEnumerable<SchemaField> Fields(JsonObject schema, string within = "")
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => $"{name}").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in schema["properties"] as JsonObject ?? [])
        {
            if (value is JsonObject field)
            {
                var path = Of(within, name);
                yield return new SchemaField(path, field, required.Contains(name));
                foreach (var inner in Fields(field, path))
                {
                    yield return inner;
                }
            }
        }

        foreach (var (keyword, suffix) in new[] { ("items", "[]"), ("additionalProperties", ".*") })
        {
            if (schema[keyword] is JsonObject element)
            {
                foreach (var inner in Fields(element, within + suffix))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>Removes a field from a schema.</summary>
    public static void Remove(JsonObject schema, string path)
    {
        var end = path.LastIndexOf('.');
        var (owner, name) = end < 0
            ? (schema, path)
            : (Fields(schema).Select(Inner).FirstOrDefault(f => f.Path == path[..end])?.Schema, path[(end + 1)..]);
        (owner?["properties"] as JsonObject)?.Remove(name);
        if (owner?["required"] is JsonArray required && required.FirstOrDefault(entry => $"{entry}" == name) is { } entry)
        {
            required.Remove(entry);
        }
    }

    private static string Unescaped(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    // A list's elements have the path of the list and brackets.
    private static SchemaField Inner(SchemaField field)
    {
        var (path, schema, isRequired) = field;
        while (schema["items"] is JsonObject items)
        {
            (path, schema) = ($"{path}[]", items);
        }

        return schema["additionalProperties"] is JsonObject values
            ? new SchemaField($"{path}.*", values, isRequired)
            : new SchemaField(path, schema, isRequired);
    }
}
