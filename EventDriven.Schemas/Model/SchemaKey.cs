using System.Security.Cryptography;
using System.Text;

namespace EventDriven.Schemas.Model;

/// <summary>Writes the assertions of a schema in one order and hashes them, so that schemas can be compared without being walked.</summary>
internal static class SchemaKey
{
    public static string Of(Schema schema)
    {
        var text = new StringBuilder();
        Write(schema, text);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(Schema schema, StringBuilder text)
    {
        if (schema.IsFalse)
        {
            text.Append("false");
            return;
        }

        Add(text, "type", schema.Types == JsonTypes.All ? null : $"{(int)schema.Types}");
        if (schema.Values is { } values)
        {
            Add(text, "enum", string.Join(',', values.Select(value => value.Key).Distinct().Order(StringComparer.Ordinal)));
        }

        WriteScalars(schema, text);
        WriteArrays(schema, text);
        WriteObjects(schema, text);
        Add(text, "allOf", Set(schema.AllOf));
        Add(text, "anyOf", Set(schema.AnyOf));
        Add(text, "oneOf", List(schema.OneOf.OrderBy(branch => branch.Key, StringComparer.Ordinal)));
        Add(text, "not", schema.Not?.Key);
        if (schema.Conditional is { } conditional)
        {
            Add(text, "if", $"{conditional.If.Key},{conditional.Then.Key},{conditional.Else.Key}");
        }
    }

    private static void WriteScalars(Schema schema, StringBuilder text)
    {
        Add(text, "minimum", schema.Minimum);
        Add(text, "maximum", schema.Maximum);
        Add(text, "multipleOf", schema.MultipleOf);
        Add(text, "minLength", NotZero(schema.MinLength));
        Add(text, "maxLength", schema.MaxLength);
        Add(text, "pattern", schema.Pattern);
        Add(text, "format", schema.Format);
    }

    private static void WriteArrays(Schema schema, StringBuilder text)
    {
        Add(text, "prefixItems", List(schema.PrefixItems));
        Add(text, "items", schema.Items?.Key);
        if (schema.Contains is { } contains)
        {
            Add(text, "contains", $"{contains.Schema.Key},{contains.Minimum},{contains.Maximum}");
        }

        Add(text, "minItems", NotZero(schema.MinItems));
        Add(text, "maxItems", schema.MaxItems);
        Add(text, "uniqueItems", schema.UniqueItems ? true : null);
        Add(text, "unevaluatedItems", schema.UnevaluatedItems?.Key);
    }

    private static void WriteObjects(Schema schema, StringBuilder text)
    {
        Add(text, "properties", Map(schema.Properties, child => child.Key));
        Add(text, "patternProperties", Map(schema.PatternProperties, child => child.Key));
        Add(text, "additionalProperties", schema.AdditionalProperties?.Key);
        Add(text, "unevaluatedProperties", schema.UnevaluatedProperties?.Key);
        Add(text, "propertyNames", schema.PropertyNames?.Key);
        Add(text, "minProperties", NotZero(schema.MinProperties));
        Add(text, "maxProperties", schema.MaxProperties);
        Add(text, "required", Names(schema.Required));
        Add(text, "dependentRequired", Map(schema.DependentRequired, Names));
        Add(text, "dependentSchemas", Map(schema.DependentSchemas, child => child.Key));
    }

    private static void Add(StringBuilder text, string keyword, object? value)
    {
        if (value?.ToString() is { } said && (said.Length > 0 || keyword is "pattern" or "format" or "enum"))
        {
            JsonValue.Quote(said, text.Append(keyword).Append(':'));
        }
    }

    private static long? NotZero(long count) => count == 0 ? null : count;

    private static string List(IEnumerable<Schema> schemas) => string.Join(',', schemas.Select(schema => schema.Key));

    private static string Set(IEnumerable<Schema> schemas) =>
        string.Join(',', schemas.Select(schema => schema.Key).Distinct().Order(StringComparer.Ordinal));

    private static string Names(IEnumerable<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal))
        {
            JsonValue.Quote(name, text);
        }

        return text.ToString();
    }

    private static string Map<T>(IReadOnlyDictionary<string, T> entries, Func<T, string> value)
    {
        var text = new StringBuilder();
        foreach (var (name, entry) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            JsonValue.Quote(name, text);
            text.Append(':').Append(value(entry)).Append(',');
        }

        return text.ToString();
    }
}
