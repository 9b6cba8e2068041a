using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of the keywords about objects, apart from <c>properties</c>.</summary>
internal static class ObjectRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        ValueRules.Count(
            comparison, pair, "minProperties", old.MinProperties, updated.MinProperties,
            count => new Schema { MinProperties = count ?? 0 });
        ValueRules.Count(
            comparison, pair, "maxProperties", old.MaxProperties, updated.MaxProperties,
            count => new Schema { MaxProperties = count });
        FindRequired(comparison, pair);
        FindPatterns(comparison, pair);
        FindRest(comparison, pair);
        if (old.UnevaluatedProperties is not null || updated.UnevaluatedProperties is not null)
        {
            comparison.Report(
                pair, "unevaluatedProperties",
                RuleNames.OfRest("unevaluatedProperties", old.UnevaluatedProperties, updated.UnevaluatedProperties),
                comparison.OfUnevaluated(pair));
        }

        if (old.PropertyNames is not null || updated.PropertyNames is not null)
        {
            var rule = old.PropertyNames is null ? "ADDED" : updated.PropertyNames is null ? "REMOVED" : "CHANGED";
            comparison.Report(
                pair, "propertyNames", $"PROPERTY_NAMES_{rule}",
                comparison.Of(
                    pair, new Schema { PropertyNames = old.PropertyNames }, new Schema { PropertyNames = updated.PropertyNames }));
        }
    }

    private static void FindRequired(SchemaComparison comparison, SchemaPair pair)
    {
        foreach (var name in pair.Old.Required.Except(pair.Updated.Required))
        {
            var breaks = comparison.Of(pair, new Schema { Required = [name] }, Schema.True);
            Required(comparison, pair, name, "REQUIRED_ATTRIBUTE_REMOVED", breaks);
        }

        foreach (var name in pair.Updated.Required.Except(pair.Old.Required))
        {
            // A new property that is required has a rule of its own.
            if (!pair.Updated.Properties.ContainsKey(name) || pair.Old.Properties.ContainsKey(name))
            {
                var breaks = comparison.Of(pair, Schema.True, new Schema { Required = [name] });
                Required(comparison, pair, name, "REQUIRED_ATTRIBUTE_ADDED", breaks);
            }
        }
    }

    private static void Required(SchemaComparison comparison, SchemaPair pair, string name, string rule, Breaks breaks)
    {
        if (breaks.Any)
        {
            comparison.Report(
                pair.Child(pair.Old, pair.Updated, "required", name), $"The requirement of the property \"{name}\"", rule,
                pair.OldKeyword("required"), pair.UpdatedKeyword("required"), breaks);
        }
    }

    private static void FindPatterns(SchemaComparison comparison, SchemaPair pair)
    {
        foreach (var pattern in pair.Old.PatternProperties.Keys.Union(pair.Updated.PatternProperties.Keys))
        {
            var old = pair.Old.PatternProperties.GetValueOrDefault(pattern);
            var updated = pair.Updated.PatternProperties.GetValueOrDefault(pattern);
            var child = pair.Child(old ?? Schema.True, updated ?? Schema.True, "patternProperties", pattern);
            if (old is not null && updated is not null)
            {
                comparison.Walk(child);
                continue;
            }

            var breaks = comparison.Of(pair, Only(pattern, child.Old), Only(pattern, child.Updated));
            comparison.Report(
                child, $"The pattern of properties \"{pattern}\"", old is null ? "PATTERN_PROPERTY_ADDED" : "PATTERN_PROPERTY_REMOVED",
                old?.Source ?? default, updated?.Source ?? default, breaks);
        }
    }

    private static Schema Only(string pattern, Schema schema) =>
        new() { PatternProperties = new Dictionary<string, Schema>(StringComparer.Ordinal) { [pattern] = schema } };

    private static void FindRest(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old.AdditionalProperties, pair.Updated.AdditionalProperties);
        if (old is { IsFalse: false } && updated is { IsFalse: false })
        {
            comparison.Walk(pair.Child(old, updated, "additionalProperties"));
        }
        else if (old?.Key != updated?.Key)
        {
            // Properties that one side names have rules of their own.
            var named = pair.Old.Properties.Keys.Union(pair.Updated.Properties.Keys)
                .ToDictionary(name => name, _ => Schema.True, StringComparer.Ordinal);
            comparison.Report(
                pair, "additionalProperties", RuleNames.OfRest("additionalProperties", old, updated),
                comparison.Of(pair, Rest(pair.Old, named), Rest(pair.Updated, named)));
        }
    }

    private static Schema Rest(Schema schema, IReadOnlyDictionary<string, Schema> named) => new()
    {
        Properties = named,
        PatternProperties = schema.PatternProperties.ToDictionary(entry => entry.Key, _ => Schema.True, StringComparer.Ordinal),
        AdditionalProperties = schema.AdditionalProperties,
    };
}
