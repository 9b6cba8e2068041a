using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of <c>properties</c>: what was added to and removed from an open, a partially open or a closed object.</summary>
internal static class PropertyRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        foreach (var name in pair.Old.Properties.Keys.Union(pair.Updated.Properties.Keys))
        {
            var old = pair.Old.Properties.GetValueOrDefault(name);
            var updated = pair.Updated.Properties.GetValueOrDefault(name);
            var child = pair.Child(
                old ?? Rest(comparison, pair.Old, name), updated ?? Rest(comparison, pair.Updated, name), "properties", name);
            if (old is not null && updated is not null)
            {
                comparison.Walk(child);
            }
            else if (updated is not null)
            {
                FindAdded(comparison, pair, child, name);
            }
            else
            {
                FindRemoved(comparison, pair, child, name);
            }
        }
    }

    private static void FindAdded(SchemaComparison comparison, SchemaPair pair, SchemaPair child, string name)
    {
        var isRequired = pair.Updated.Required.Contains(name) && !pair.Old.Required.Contains(name);
        var breaks = comparison.Of(pair, Only(name, child.Old), Only(name, child.Updated));
        var required = comparison.Of(pair, Schema.True, new Schema { Required = isRequired ? [name] : [] });
        var rule = child switch
        {
            { Old.IsTrue: true, Updated.IsTrue: true } when !isRequired => "PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL",
            { Old.IsTrue: true } => $"{Kind(isRequired)}_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL",
            { Old.IsFalse: false } when !isRequired =>
                $"PROPERTY_ADDED_{(breaks.Backward ? "NOT" : "IS")}_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
            _ => $"{Kind(isRequired)}_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL",
        };
        comparison.Report(
            child, $"The {Kind(isRequired).ToLowerInvariant()} property \"{name}\"", rule, default, child.Updated.Source,
            new Breaks(breaks.Backward || required.Backward, breaks.Forward));
    }

    private static void FindRemoved(SchemaComparison comparison, SchemaPair pair, SchemaPair child, string name)
    {
        var breaks = comparison.Of(pair, Only(name, child.Old), Only(name, child.Updated));
        var rule = child switch
        {
            { Updated.IsTrue: true } => "PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL",
            { Updated.IsFalse: true, Old.IsFalse: true } => "PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL",
            { Updated.IsFalse: true } => "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL",
            _ => $"PROPERTY_REMOVED_{(breaks.Backward ? "NOT" : "IS")}_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
        };
        comparison.Report(child, $"The property \"{name}\"", rule, child.Old.Source, default, breaks);
    }

    private static string Kind(bool isRequired) => isRequired ? "REQUIRED" : "OPTIONAL";

    private static Schema Only(string name, Schema schema) =>
        new() { Properties = new Dictionary<string, Schema>(StringComparer.Ordinal) { [name] = schema } };

    // What applies to a property that a schema doesn't name.
    private static Schema Rest(SchemaComparison comparison, Schema schema, string name)
    {
        var rest = schema.AdditionalProperties ?? schema.UnevaluatedProperties;
        var shape = new ObjectShape(schema.Properties, schema.PatternProperties, rest);
        return shape.PossiblyOf(name, comparison.Backward.Matching).ToList() switch
        {
            [] => Schema.True,
            [var only] => only,
            var several => new Schema { AllOf = several },
        };
    }
}
