using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of the keywords about numbers and strings.</summary>
internal static class ValueRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        FindNumbers(comparison, pair);
        FindStrings(comparison, pair);
    }

    private static void FindNumbers(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        Limit(
            comparison, pair, Exclusive(pair, old.Minimum, updated.Minimum, "minimum", "exclusiveMinimum"), old.Minimum, updated.Minimum,
            old.Minimum?.Value.OrderTo(updated.Minimum?.Value ?? old.Minimum.Value) ?? 0,
            new Schema { Minimum = old.Minimum }, new Schema { Minimum = updated.Minimum });
        Limit(
            comparison, pair, Exclusive(pair, old.Maximum, updated.Maximum, "maximum", "exclusiveMaximum"), old.Maximum, updated.Maximum,
            old.Maximum?.Value.OrderTo(updated.Maximum?.Value ?? old.Maximum.Value) ?? 0,
            new Schema { Maximum = old.Maximum }, new Schema { Maximum = updated.Maximum });
        if (old.MultipleOf is null && updated.MultipleOf is null)
        {
            return;
        }

        var breaks = comparison.Of(pair, new Schema { MultipleOf = old.MultipleOf }, new Schema { MultipleOf = updated.MultipleOf });
        var rule = (old.MultipleOf, updated.MultipleOf) switch
        {
            (null, _) => "MULTIPLE_OF_ADDED",
            (_, null) => "MULTIPLE_OF_REMOVED",
            _ => breaks.Name("MULTIPLE_OF_REDUCED", "MULTIPLE_OF_EXPANDED", "MULTIPLE_OF_CHANGED"),
        };
        comparison.Report(pair, "multipleOf", rule, breaks);
    }

    private static void FindStrings(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        Count(comparison, pair, "minLength", old.MinLength, updated.MinLength, count => new Schema { MinLength = count ?? 0 });
        Count(comparison, pair, "maxLength", old.MaxLength, updated.MaxLength, count => new Schema { MaxLength = count });
        Text(comparison, pair, "pattern", old.Pattern, updated.Pattern, text => new Schema { Pattern = text });
        Text(comparison, pair, "format", old.Format, updated.Format, text => new Schema { Format = text });
    }

    /// <summary>Reports a keyword that is a count. A least count of 0 is no keyword.</summary>
    public static void Count(
        SchemaComparison comparison, SchemaPair pair, string keyword, long? old, long? updated, Func<long?, Schema> part)
    {
        var (before, after) = keyword.StartsWith("min", StringComparison.Ordinal) ? (NotZero(old), NotZero(updated)) : (old, updated);
        Limit(comparison, pair, keyword, before, after, (before ?? 0).CompareTo(after ?? 0), part(old), part(updated));
    }

    private static long? NotZero(long? count) => count == 0 ? null : count;

    private static void Limit(
        SchemaComparison comparison, SchemaPair pair, string keyword, object? old, object? updated, int order, Schema oldPart,
        Schema updatedPart)
    {
        if (old is null && updated is null)
        {
            return;
        }

        var change = old is null ? "ADDED" : updated is null ? "REMOVED" : order < 0 ? "INCREASED" : "DECREASED";
        comparison.Report(pair, keyword, $"{RuleNames.Of(keyword)}_{change}", comparison.Of(pair, oldPart, updatedPart));
    }

    private static void Text(
        SchemaComparison comparison, SchemaPair pair, string keyword, string? old, string? updated, Func<string?, Schema> part)
    {
        if (old == updated)
        {
            return;
        }

        var change = old is null ? "ADDED" : updated is null ? "REMOVED" : "CHANGED";
        comparison.Report(pair, keyword, $"{RuleNames.Of(keyword)}_{change}", comparison.Of(pair, part(old), part(updated)));
    }

    private static string Exclusive(SchemaPair pair, Bound? old, Bound? updated, string inclusive, string exclusive) =>
        (updated ?? old)?.IsExclusive == true ? exclusive : pair.Spelling(inclusive, exclusive);
}
