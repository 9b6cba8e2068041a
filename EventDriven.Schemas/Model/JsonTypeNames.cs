using System.Text.Json;

namespace EventDriven.Schemas.Model;

/// <summary>Names of types, and the type of a value.</summary>
internal static class JsonTypeNames
{
    /// <summary>The types that the keyword <c>type</c> names, in the order in which messages list them.</summary>
    public static IReadOnlyList<(string Name, JsonTypes Type)> All { get; } =
    [
        ("null", JsonTypes.Null), ("boolean", JsonTypes.Boolean), ("integer", JsonTypes.Integer), ("number", JsonTypes.Number),
        ("string", JsonTypes.String), ("array", JsonTypes.Array), ("object", JsonTypes.Object),
    ];

    /// <summary>Each type alone; a fraction is one.</summary>
    public static IReadOnlyList<JsonTypes> Single { get; } =
    [
        JsonTypes.Null, JsonTypes.Boolean, JsonTypes.Integer, JsonTypes.Fraction, JsonTypes.String, JsonTypes.Array, JsonTypes.Object,
    ];

    /// <summary>The type of a value. 1.0 is an integer, as JSON Schema says.</summary>
    public static JsonTypes Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Number => ExactNumber.Parse(value.GetRawText()).IsInteger ? JsonTypes.Integer : JsonTypes.Fraction,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };
}
