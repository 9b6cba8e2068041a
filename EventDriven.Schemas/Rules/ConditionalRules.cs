using System.Text.Json;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of <c>not</c>, of <c>if</c>, <c>then</c> and <c>else</c>, and of what depends on a property.</summary>
internal static class ConditionalRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        if (old.Not?.Key != updated.Not?.Key)
        {
            var breaks = comparison.Of(pair, new Schema { Not = old.Not }, new Schema { Not = updated.Not });
            var rule = old.Not is null ? "NOT_TYPE_ADDED"
                : updated.Not is null ? "NOT_TYPE_REMOVED" : breaks.Backward ? "NOT_TYPE_EXTENDED" : "NOT_TYPE_NARROWED";
            comparison.Report(pair, "not", rule, breaks);
        }

        var change = old.Conditional is null ? "ADDED" : updated.Conditional is null ? "REMOVED" : "CHANGED";
        comparison.Report(
            pair, "if", $"CONDITIONAL_{change}",
            comparison.Of(pair, new Schema { Conditional = old.Conditional }, new Schema { Conditional = updated.Conditional }));
        FindNames(comparison, pair);
        FindSchemas(comparison, pair);
    }

    private static void FindNames(SchemaComparison comparison, SchemaPair pair)
    {
        foreach (var name in pair.Old.DependentRequired.Keys.Union(pair.Updated.DependentRequired.Keys))
        {
            var old = pair.Old.DependentRequired.GetValueOrDefault(name);
            var updated = pair.Updated.DependentRequired.GetValueOrDefault(name);
            var breaks = comparison.Of(pair, Required(name, old ?? []), Required(name, updated ?? []));
            var rule = (old, updated) switch
            {
                (null, _) => "DEPENDENCY_ARRAY_ADDED",
                (_, null) => "DEPENDENCY_ARRAY_REMOVED",
                _ => breaks.Name("DEPENDENCY_ARRAY_NARROWED", "DEPENDENCY_ARRAY_EXTENDED", "DEPENDENCY_ARRAY_CHANGED"),
            };
            Report(comparison, pair, pair.Spelling("dependentRequired", "dependencies"), name, rule, breaks);
        }
    }

    private static void FindSchemas(SchemaComparison comparison, SchemaPair pair)
    {
        foreach (var name in pair.Old.DependentSchemas.Keys.Union(pair.Updated.DependentSchemas.Keys))
        {
            var old = pair.Old.DependentSchemas.GetValueOrDefault(name);
            var updated = pair.Updated.DependentSchemas.GetValueOrDefault(name);
            var breaks = comparison.Of(pair, Dependent(name, old ?? Schema.True), Dependent(name, updated ?? Schema.True));
            var change = old is null ? "ADDED" : updated is null ? "REMOVED" : "CHANGED";
            Report(comparison, pair, pair.Spelling("dependentSchemas", "dependencies"), name, $"DEPENDENCY_SCHEMA_{change}", breaks);
        }
    }

    private static void Report(SchemaComparison comparison, SchemaPair pair, string keyword, string name, string rule, Breaks breaks)
    {
        if (breaks.Any)
        {
            comparison.Report(
                pair.Child(pair.Old, pair.Updated, keyword, name), $"What depends on the property \"{name}\"", rule,
                Entry(pair.OldKeyword(keyword), name), Entry(pair.UpdatedKeyword(keyword), name), breaks);
        }
    }

    private static JsonElement Entry(JsonElement map, string name) =>
        map.ValueKind == JsonValueKind.Object && map.TryGetProperty(name, out var entry) ? entry : default;

    private static Schema Required(string name, IReadOnlyList<string> names) =>
        new() { DependentRequired = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [name] = names } };

    private static Schema Dependent(string name, Schema schema) =>
        new() { DependentSchemas = new Dictionary<string, Schema>(StringComparer.Ordinal) { [name] = schema } };
}
