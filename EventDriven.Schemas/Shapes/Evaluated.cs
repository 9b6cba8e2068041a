using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>
/// What a schema says of properties and items. <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> are read generously:
/// whatever a branch might have evaluated counts as evaluated. So the result admits at least what the schema admits.
/// </summary>
internal static class Evaluated
{
    public static IEnumerable<ObjectShape> ObjectShapes(Schema schema)
    {
        if (schema.HasObjectShape)
        {
            yield return new ObjectShape(schema.Properties, schema.PatternProperties, schema.AdditionalProperties);
        }

        if (schema.UnevaluatedProperties is { } rest && OfProperties(InPlace(schema), rest) is { } unevaluated)
        {
            yield return unevaluated;
        }
    }

    public static IEnumerable<ItemShape> ItemShapes(Schema schema)
    {
        if (schema.PrefixItems.Count > 0 || schema.Items is not null)
        {
            yield return new ItemShape(schema.PrefixItems, schema.Items);
        }

        if (schema.UnevaluatedItems is { } rest)
        {
            var inPlace = InPlace(schema).ToList();
            if (!inPlace.Exists(part => part.Contains is not null) && OfItems(inPlace, rest) is { } unevaluated)
            {
                yield return unevaluated;
            }
        }
    }

    /// <summary>The rest applies to what none of the schemas evaluates; null when they evaluate all properties.</summary>
    public static ObjectShape? OfProperties(IEnumerable<Schema> schemas, Schema rest)
    {
        var properties = new Dictionary<string, Schema>(StringComparer.Ordinal);
        var patterns = new Dictionary<string, Schema>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            if (schema.AdditionalProperties is not null)
            {
                return null;
            }

            foreach (var name in schema.Properties.Keys)
            {
                properties[name] = Schema.True;
            }

            foreach (var pattern in schema.PatternProperties.Keys)
            {
                patterns[pattern] = Schema.True;
            }
        }

        return new ObjectShape(properties, patterns, rest);
    }

    /// <summary>The rest applies to the items that none of the schemas evaluates; null when they evaluate all items.</summary>
    public static ItemShape? OfItems(IEnumerable<Schema> schemas, Schema rest)
    {
        var prefix = 0;
        foreach (var schema in schemas)
        {
            if (schema.Items is not null)
            {
                return null;
            }

            prefix = Math.Max(prefix, schema.PrefixItems.Count);
        }

        return new ItemShape([.. Enumerable.Repeat(Schema.True, prefix)], rest);
    }

    /// <summary>The schemas that apply to the same value, or may apply; without those under <c>not</c>, which evaluate nothing.</summary>
    public static IEnumerable<Schema> InPlace(Schema schema)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<Schema>([schema]);
        while (waiting.TryPop(out var next))
        {
            if (!seen.Add(next.Key))
            {
                continue;
            }

            yield return ReferenceEquals(next, schema) ? next : WithUnevaluated(next);
            foreach (var inner in Branches(next))
            {
                waiting.Push(inner);
            }
        }
    }

    /// <summary>The branches of a schema that may apply to the same value.</summary>
    public static IEnumerable<Schema> Branches(Schema schema) =>
    [
        .. schema.AllOf, .. schema.AnyOf, .. schema.OneOf, .. schema.DependentSchemas.Values,
        .. schema.Conditional is { } conditional ? (Schema[])[conditional.If, conditional.Then, conditional.Else] : [],
    ];

    /// <summary>A branch that has an unevaluated keyword of its own evaluates all, as one with the additional keyword does.</summary>
    public static Schema WithUnevaluated(Schema schema) => schema is { UnevaluatedProperties: null, UnevaluatedItems: null }
        ? schema
        : new Schema
        {
            Properties = schema.Properties,
            PatternProperties = schema.PatternProperties,
            AdditionalProperties = schema.AdditionalProperties ?? schema.UnevaluatedProperties,
            PrefixItems = schema.PrefixItems,
            Items = schema.Items ?? schema.UnevaluatedItems,
            Contains = schema.Contains,
        };
}
