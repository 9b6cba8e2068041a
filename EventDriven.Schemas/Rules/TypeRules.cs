using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of <c>type</c>, <c>enum</c> and <c>const</c>.</summary>
internal static class TypeRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        if (pair.Old.Types != pair.Updated.Types)
        {
            var breaks = comparison.Of(pair, Schema.OfTypes(pair.Old.Types), Schema.OfTypes(pair.Updated.Types));
            comparison.Report(pair, "type", breaks.Name("TYPE_EXTENDED", "TYPE_NARROWED", "TYPE_CHANGED"), breaks);
        }

        if (pair.Old.Values is null && pair.Updated.Values is null)
        {
            return;
        }

        var values = comparison.Of(pair, new Schema { Values = pair.Old.Values }, new Schema { Values = pair.Updated.Values });
        comparison.Report(pair, pair.Spelling("enum", "const"), Rule(pair, values), values);
    }

    private static string Rule(SchemaPair pair, Breaks breaks)
    {
        if (pair.Old.Values is null)
        {
            return "ENUM_ARRAY_ADDED";
        }

        return pair.Updated.Values is null
            ? "ENUM_ARRAY_REMOVED"
            : breaks.Name("ENUM_ARRAY_EXTENDED", "ENUM_ARRAY_NARROWED", "ENUM_ARRAY_CHANGED");
    }
}
