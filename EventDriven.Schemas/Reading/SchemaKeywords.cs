using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Reading;

/// <summary>Makes a <see cref="Schema"/> of the keywords of an object. Spellings of draft 7 become those of 2020-12.</summary>
internal static class SchemaKeywords
{
    public static Schema Read(KeywordReader keywords, Schema? referred)
    {
        keywords.Text("$id");
        keywords.Text("$anchor");
        keywords.Text("$schema");
        var contains = keywords.Schema("contains");
        var tuple = !keywords.Has("prefixItems") && keywords.IsArray("items");
        var minContains = keywords.Count("minContains");
        var maxContains = keywords.Count("maxContains");
        return new Schema
        {
            Source = keywords.Location.Element,
            Types = Types(keywords),
            Values = Values(keywords),
            Minimum = Bound.Lower(Limit(keywords, "minimum", false), Limit(keywords, "exclusiveMinimum", true)),
            Maximum = Bound.Upper(Limit(keywords, "maximum", false), Limit(keywords, "exclusiveMaximum", true)),
            MultipleOf = MultipleOf(keywords),
            MinLength = keywords.Count("minLength") ?? 0,
            MaxLength = keywords.Count("maxLength"),
            Pattern = keywords.Text("pattern"),
            Format = keywords.Text("format"),
            PrefixItems = tuple ? TupleItems(keywords) : keywords.Schemas("prefixItems"),
            Items = tuple ? keywords.Schema("additionalItems") : keywords.Schema("items"),
            Contains = contains is null ? null : new ContainsRule(contains, minContains ?? 1, maxContains),
            MinItems = keywords.Count("minItems") ?? 0,
            MaxItems = keywords.Count("maxItems"),
            UniqueItems = keywords.Flag("uniqueItems"),
            UnevaluatedItems = keywords.Schema("unevaluatedItems"),
            Properties = keywords.SchemaMap("properties"),
            PatternProperties = keywords.SchemaMap("patternProperties"),
            AdditionalProperties = keywords.Schema("additionalProperties"),
            UnevaluatedProperties = keywords.Schema("unevaluatedProperties"),
            PropertyNames = keywords.Schema("propertyNames"),
            MinProperties = keywords.Count("minProperties") ?? 0,
            MaxProperties = keywords.Count("maxProperties"),
            Required = keywords.Names("required"),
            DependentRequired = Merge(
                keywords.NameMap("dependentRequired", _ => true),
                keywords.NameMap("dependencies", value => value.ValueKind == JsonValueKind.Array)),
            DependentSchemas = Merge(
                keywords.SchemaMap("dependentSchemas"),
                keywords.SchemaMap("dependencies", value => value.ValueKind != JsonValueKind.Array)),
            AllOf = referred is null ? keywords.Schemas("allOf") : [.. keywords.Schemas("allOf"), referred],
            AnyOf = keywords.Schemas("anyOf"),
            OneOf = keywords.Schemas("oneOf"),
            Not = keywords.Schema("not"),
            Conditional = ReadConditional(keywords),
        };
    }

    private static JsonTypes Types(KeywordReader keywords)
    {
        switch (keywords.Find("type"))
        {
            case null:
                return JsonTypes.All;
            case { ValueKind: JsonValueKind.String } name:
                return Type(keywords, name);
            case { ValueKind: JsonValueKind.Array } names when names.GetArrayLength() > 0:
                return names.EnumerateArray().Aggregate(JsonTypes.None, (types, name) => types | Type(keywords, name));
            default:
                throw keywords.Wrong("type", "the name of a type or an array of names");
        }
    }

    private static JsonTypes Type(KeywordReader keywords, JsonElement name)
    {
        var known = JsonTypeNames.All.Where(type => name.ValueKind == JsonValueKind.String && name.ValueEquals(type.Name)).ToList();
        return known.Count == 1
            ? known[0].Type
            : throw keywords.Wrong("type", $"of {string.Join(", ", JsonTypeNames.All.Select(type => type.Name))}");
    }

    private static List<JsonValue>? Values(KeywordReader keywords)
    {
        var values = keywords.Values("enum")?.Distinct().ToList();
        if (keywords.Find("const") is not { } element)
        {
            return values;
        }

        var constant = new JsonValue(element);
        return values is null || values.Contains(constant) ? [constant] : [];
    }

    private static Bound? Limit(KeywordReader keywords, string keyword, bool isExclusive) =>
        keywords.Number(keyword) is { } value ? new Bound(value, isExclusive) : null;

    private static ExactNumber? MultipleOf(KeywordReader keywords) =>
        keywords.Number("multipleOf") is not { } number || number.IsPositive
            ? keywords.Number("multipleOf")
            : throw keywords.Wrong("multipleOf", "a number above 0");

    private static IReadOnlyList<Schema> TupleItems(KeywordReader keywords) =>
        keywords.Find("items")!.Value.GetArrayLength() == 0 ? [] : keywords.Schemas("items");

    // Draft 7: without "if", "then" and "else" say nothing. They must be schemas all the same.
    private static Conditional? ReadConditional(KeywordReader keywords)
    {
        var condition = keywords.Schema("if");
        var then = keywords.Schema("then") ?? Schema.True;
        var otherwise = keywords.Schema("else") ?? Schema.True;
        return condition is null ? null : new Conditional(condition, then, otherwise);
    }

    private static IReadOnlyDictionary<string, T> Merge<T>(IReadOnlyDictionary<string, T> first, IReadOnlyDictionary<string, T> second) =>
        second.Count == 0
            ? first
            : first.Concat(second.Where(entry => !first.ContainsKey(entry.Key)))
                .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
}
