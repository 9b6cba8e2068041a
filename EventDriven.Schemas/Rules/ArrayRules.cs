using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Rules;

/// <summary>Differences of the keywords about arrays.</summary>
internal static class ArrayRules
{
    public static void Find(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        ValueRules.Count(comparison, pair, "minItems", old.MinItems, updated.MinItems, count => new Schema { MinItems = count ?? 0 });
        ValueRules.Count(comparison, pair, "maxItems", old.MaxItems, updated.MaxItems, count => new Schema { MaxItems = count });
        if (old.UniqueItems != updated.UniqueItems)
        {
            comparison.Report(
                pair, "uniqueItems", updated.UniqueItems ? "UNIQUE_ITEMS_ADDED" : "UNIQUE_ITEMS_REMOVED",
                comparison.Of(pair, new Schema { UniqueItems = old.UniqueItems }, new Schema { UniqueItems = updated.UniqueItems }));
        }

        FindPrefix(comparison, pair);
        FindRest(comparison, pair);
        FindContains(comparison, pair);
        if (old.UnevaluatedItems is not null || updated.UnevaluatedItems is not null)
        {
            comparison.Report(
                pair, "unevaluatedItems", RuleNames.OfRest("unevaluatedItems", old.UnevaluatedItems, updated.UnevaluatedItems),
                comparison.OfUnevaluated(pair));
        }
    }

    private static void FindPrefix(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old, pair.Updated);
        var keyword = pair.Spelling("prefixItems", "items");
        for (var index = 0; index < Math.Max(old.PrefixItems.Count, updated.PrefixItems.Count); index++)
        {
            var child = pair.Child(ItemAt(old, index), ItemAt(updated, index), keyword, $"{index}");
            if (index < old.PrefixItems.Count && index < updated.PrefixItems.Count)
            {
                comparison.Walk(child);
                continue;
            }

            var breaks = comparison.Of(pair, Only(index, child.Old), Only(index, child.Updated));
            var isAdded = index >= old.PrefixItems.Count;
            var rule = isAdded ? Added(old.Items, child.Updated, breaks.Backward) : Removed(updated.Items, child.Old, breaks.Backward);
            comparison.Report(
                child, "The item", rule,
                isAdded ? default : child.Old.Source, isAdded ? child.Updated.Source : default, breaks);
        }
    }

    private static Schema ItemAt(Schema schema, int index) => new ItemShape(schema.PrefixItems, schema.Items).Of(index);

    private static Schema Only(int index, Schema item) => new() { PrefixItems = [.. Enumerable.Repeat(Schema.True, index), item] };

    private static string Added(Schema? rest, Schema item, bool breaks) => rest switch
    {
        null or { IsTrue: true } => item.IsTrue ? "ITEM_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL" : "ITEM_ADDED_TO_OPEN_CONTENT_MODEL",
        { IsFalse: true } => "ITEM_ADDED_TO_CLOSED_CONTENT_MODEL",
        _ => $"ITEM_ADDED_{(breaks ? "NOT" : "IS")}_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
    };

    private static string Removed(Schema? rest, Schema item, bool breaks) => rest switch
    {
        null or { IsTrue: true } => "ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL",
        { IsFalse: true } => item.IsFalse ? "ITEM_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL" : "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL",
        _ => $"ITEM_REMOVED_{(breaks ? "NOT" : "IS")}_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL",
    };

    private static void FindRest(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old.Items, pair.Updated.Items);
        var keyword = pair.Spelling("additionalItems", "items");
        if (old is { IsFalse: false } && updated is { IsFalse: false })
        {
            comparison.Walk(pair.Child(old, updated, keyword));
        }
        else if (old?.Key != updated?.Key)
        {
            var prefix = Enumerable.Repeat(Schema.True, Math.Max(pair.Old.PrefixItems.Count, pair.Updated.PrefixItems.Count)).ToList();
            comparison.Report(
                pair, keyword, RuleNames.OfRest("additionalItems", old, updated),
                comparison.Of(
                    pair, new Schema { PrefixItems = prefix, Items = old }, new Schema { PrefixItems = prefix, Items = updated }));
        }
    }

    private static void FindContains(SchemaComparison comparison, SchemaPair pair)
    {
        var (old, updated) = (pair.Old.Contains, pair.Updated.Contains);
        if (old is null || updated is null || old.Schema.Key != updated.Schema.Key)
        {
            var breaks = comparison.Of(pair, new Schema { Contains = old }, new Schema { Contains = updated });
            var change = old is null ? "ADDED" : updated is null ? "REMOVED" : "CHANGED";
            comparison.Report(pair, "contains", $"CONTAINS_{change}", breaks);
            return;
        }

        ValueRules.Count(
            comparison, pair, "minContains", old.Minimum, updated.Minimum,
            count => new Schema { Contains = new ContainsRule(old.Schema, count ?? 0, null) });
        ValueRules.Count(
            comparison, pair, "maxContains", old.Maximum, updated.Maximum,
            count => new Schema { Contains = new ContainsRule(old.Schema, 0, count) });
    }
}
