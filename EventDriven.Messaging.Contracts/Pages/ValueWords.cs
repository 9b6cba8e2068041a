using System.Globalization;
using System.Text.Json.Nodes;
using EventDriven.Messaging.Contracts.Examples;

namespace EventDriven.Messaging.Contracts.Pages;

/// <summary>What a schema admits, in words: <c>text of 1 to 64 characters</c>.</summary>
internal static class ValueWords
{
    public static string Of(JsonObject schema)
    {
        var words = schema["enum"] is JsonArray values
            ? $"one of {string.Join(", ", values.Where(value => value is not null))}"
            : ExampleData.TypeOf(schema) switch
            {
                "object" => schema["additionalProperties"] is JsonObject value ? $"map of {Of(value)}" : "object",
                "array" => List(Count(schema, "minItems", "maxItems"), Of(schema["items"] as JsonObject ?? [])),
                "integer" => Integer(schema),
                "number" => $"number{Limits(schema)}",
                "boolean" => "true or false",
                "string" => Text(schema),
                null => "anything",
                var type => type,
            };
        return schema["type"] is JsonArray types && types.Any(type => $"{type}" == "null") ? $"{words}, or null" : words;
    }

    private static string List(string count, string item) => (count, item) switch
    {
        (_, "object") => $"list of {count}objects",
        ("", _) => $"list of {item}",
        _ => $"list of {count}items: {item}",
    };

    private static string Text(JsonObject schema)
    {
        var kind = (string?)schema["format"] switch
        {
            "uuid" => "UUID",
            "date-time" => "date and time",
            "uri" or "uri-reference" => "URI",
            "time-span" => "duration",
            { } format => format,
            null => schema["contentEncoding"] is { } encoding ? $"{encoding}" : "text",
        };
        var length = Count(schema, "minLength", "maxLength").TrimEnd();
        return kind
            + (length.Length == 0 ? "" : $" of {length} characters")
            + (schema["pattern"] is { } pattern ? $" matching {Unanchored($"{pattern}")}" : "");
    }

    // A pattern from an attribute is always about the whole text.
    private static string Unanchored(string pattern) =>
        pattern.StartsWith("^(?:", StringComparison.Ordinal) && pattern.EndsWith(")$", StringComparison.Ordinal) ? pattern[4..^2] : pattern;

    private static string Integer(JsonObject schema) =>
        (ExampleNumber.Limit(schema, "minimum"), ExampleNumber.Limit(schema, "maximum")) switch
        {
            (int.MinValue, int.MaxValue) => "integer of 32 bits",
            (long.MinValue, long.MaxValue) => "integer of 64 bits",
            _ => $"integer{Limits(schema)}",
        };

    private static string Limits(JsonObject schema)
    {
        (string Keyword, string Words)[] limits =
        [
            ("minimum", "at least"), ("exclusiveMinimum", "above"), ("maximum", "at most"), ("exclusiveMaximum", "below"),
            ("multipleOf", "in steps of"),
        ];
        return string.Concat(limits
            .Where(limit => schema[limit.Keyword] is not null)
            .Select(limit => string.Create(
                CultureInfo.InvariantCulture, $", {limit.Words} {ExampleNumber.Limit(schema, limit.Keyword):#,0.##########}")));
    }

    private static string Count(JsonObject schema, string least, string most) => ((int?)schema[least], (int?)schema[most]) switch
    {
        (null, null) => "",
        ({ } from, null) => string.Create(CultureInfo.InvariantCulture, $"at least {from} "),
        (null, { } to) => string.Create(CultureInfo.InvariantCulture, $"at most {to} "),
        ({ } from, { } to) when from == to => string.Create(CultureInfo.InvariantCulture, $"{from} "),
        ({ } from, { } to) => string.Create(CultureInfo.InvariantCulture, $"{from} to {to} "),
    };
}
