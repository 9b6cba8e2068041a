using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of <c>allOf</c> (a product), <c>anyOf</c> and <c>oneOf</c> (sums).</summary>
internal static class CombinationRules
{
    private static readonly (string Extended, string Narrowed) Sum = ("SUM_TYPE_EXTENDED", "SUM_TYPE_NARROWED");
    private static readonly (string Extended, string Narrowed) Product = ("PRODUCT_TYPE_NARROWED", "PRODUCT_TYPE_EXTENDED");

    /// <summary>A schema became a union or an intersection, or admits all or nothing: that is one difference.</summary>
    public static bool FindWhole(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        if (old.IsFalse || updated.IsFalse || old.IsTrue || updated.IsTrue)
        {
            Whole(comparison, pair, "SCHEMA_REMOVED", "SCHEMA_ADDED", "SCHEMA_CHANGED");
            return true;
        }

        var (oldSum, updatedSum) = (SumOf(old), SumOf(updated));
        if (oldSum != updatedSum)
        {
            var isReplaced = oldSum.Length > 0 && updatedSum.Length > 0;
            Whole(
                comparison, pair, isReplaced ? "COMBINED_TYPE_EXTENDED" : Sum.Extended,
                isReplaced ? "COMBINED_TYPE_CHANGED" : Sum.Narrowed, "COMBINED_TYPE_CHANGED");
            return true;
        }

        if ((old.AllOf.Count == 0) != (updated.AllOf.Count == 0))
        {
            Whole(comparison, pair, Product.Extended, Product.Narrowed, "COMBINED_TYPE_CHANGED");
            return true;
        }

        return false;
    }

    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        FindBranches(comparison, pair, "anyOf", old.AnyOf, updated.AnyOf, Sum, list => new Schema { AnyOf = list });
        FindBranches(comparison, pair, "oneOf", old.OneOf, updated.OneOf, Sum, list => new Schema { OneOf = list });
        FindBranches(comparison, pair, "allOf", old.AllOf, updated.AllOf, Product, list => new Schema { AllOf = list });
    }

    private static string SumOf(Schema schema) => $"{(schema.AnyOf.Count > 0 ? "anyOf" : "")}{(schema.OneOf.Count > 0 ? "oneOf" : "")}";

    private static void Whole(SchemaComparison comparison, SchemaPair pair, string extended, string narrowed, string changed)
    {
        var breaks = pair.Possible;
        if (breaks.Any)
        {
            comparison.Report(pair, "The schema", breaks.Name(extended, narrowed, changed), pair.Old.Source, pair.Updated.Source, breaks);
        }
    }

    private static void FindBranches(
        SchemaComparison comparison, SchemaPair pair, string keyword, IReadOnlyList<Schema> old, IReadOnlyList<Schema> updated,
        (string Extended, string Narrowed) rules, Func<IReadOnlyList<Schema>, Schema> part)
    {
        if (old.Count == 0 || part(old).Key == part(updated).Key)
        {
            return;
        }

        var breaks = comparison.Of(pair, part(old), part(updated));
        var rule = old.Count == updated.Count
            ? "COMBINED_TYPE_SUBSCHEMAS_CHANGED"
            : breaks.Name(rules.Extended, rules.Narrowed, "COMBINED_TYPE_SUBSCHEMAS_CHANGED");
        comparison.Report(pair, keyword, rule, breaks);
        if (old.Count == updated.Count)
        {
            // Branches that kept their places show what has changed.
            foreach (var (index, branch) in old.Index())
            {
                comparison.Walk(pair.Child(branch, updated[index], keyword, $"{index}") with { Possible = breaks });
            }
        }
    }
}
