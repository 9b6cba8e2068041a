using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>Reads the keywords of one schema object, each as the kind that it must have.</summary>
internal sealed class KeywordReader(SchemaLocation location, Func<SchemaLocation, Schema> readSchema)
{
    public SchemaLocation Location => location;

    public bool Has(string keyword) => location.Element.TryGetProperty(keyword, out _);

    public bool IsArray(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.Array };

    public string? Text(string keyword) => Find(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(keyword, "a string"),
    };

    public bool Flag(string keyword) => Find(keyword) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        _ => throw Wrong(keyword, "true or false"),
    };

    public ExactNumber? Number(string keyword) => Find(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => ExactNumber.Parse(number.GetRawText()),
        _ => throw Wrong(keyword, "a number"),
    };

    public long? Count(string keyword)
    {
        if (Find(keyword) is not { } element)
        {
            return null;
        }

        return element.ValueKind == JsonValueKind.Number
            && ExactNumber.Parse(element.GetRawText()) is { IsInteger: true, IsNegative: false } count
                ? count.ToCount()
                : throw Wrong(keyword, "an integer of at least 0");
    }

    public IReadOnlyList<JsonValue>? Values(string keyword) => Find(keyword) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(item => new JsonValue(item))],
        _ => throw Wrong(keyword, "an array"),
    };

    public JsonElement? Find(string keyword) => location.Element.TryGetProperty(keyword, out var element) ? element : null;

    public Schema? Schema(string keyword) => Find(keyword) is { } element ? readSchema(location.Child(keyword, element)) : null;

    public IReadOnlyList<Schema> Schemas(string keyword)
    {
        if (Find(keyword) is not { } element)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            throw Wrong(keyword, "an array of at least one schema");
        }

        var list = location.Child(keyword, element);
        return [.. element.EnumerateArray().Select((item, index) => readSchema(list.Child($"{index}", item)))];
    }

    public IReadOnlyDictionary<string, Schema> SchemaMap(string keyword) =>
        Map(keyword, "an object of schemas", _ => true, readSchema);

    public IReadOnlyDictionary<string, Schema> SchemaMap(string keyword, Func<JsonElement, bool> choose) =>
        Map(keyword, "an object of schemas", choose, readSchema);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> NameMap(string keyword, Func<JsonElement, bool> choose) =>
        Map(keyword, "an object of arrays of strings", choose, child => Names(child.Element, keyword));

    public IReadOnlyList<string> Names(string keyword) => Find(keyword) is { } element ? Names(element, keyword) : [];

    /// <summary>A keyword has a value of the wrong kind.</summary>
    public SchemaProblemException Wrong(string keyword, string expected) => SchemaProblemException.At(
        JsonPointer.Append(location.Pointer, keyword), $"The keyword \"{keyword}\" must be {expected}, not {Said(Find(keyword)!.Value)}.");

    private static string Said(JsonElement element) =>
        element.GetRawText() is { Length: <= 40 } text ? text : $"this {element.ValueKind.ToString().ToLowerInvariant()}";

    private Dictionary<string, T> Map<T>(
        string keyword, string expected, Func<JsonElement, bool> choose, Func<SchemaLocation, T> read)
    {
        if (Find(keyword) is not { } element)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(keyword, expected);
        }

        var map = location.Child(keyword, element) with { Resource = location.Resource };
        return element.EnumerateObject().Where(property => choose(property.Value)).ToDictionary(
            property => property.Name, property => read(map.Child(property.Name, property.Value)), StringComparer.Ordinal);
    }

    private IReadOnlyList<string> Names(JsonElement element, string keyword)
    {
        if (element.ValueKind != JsonValueKind.Array
            || element.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            throw Wrong(keyword, "made of arrays of strings");
        }

        return [.. element.EnumerateArray().Select(item => item.GetString()!).Distinct()];
    }
}
