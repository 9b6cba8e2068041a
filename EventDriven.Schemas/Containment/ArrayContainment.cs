using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>The assertions about arrays.</summary>
internal sealed class ArrayContainment(ContainmentCheck check)
{
    public bool IsContained(Conjunction left, Schema part, Tolerance tolerance)
    {
        if (!check.Emptiness.TypesOf(left).HasFlag(JsonTypes.Array))
        {
            return true;
        }

        var size = ArraySize.Of(left.Shape, check.Emptiness);
        return size.Minimum >= part.MinItems
            && (part.MaxItems is null || size.Maximum <= part.MaxItems)
            && (!part.UniqueItems || left.Shape.UniqueItems || size.Maximum <= 1)
            && AreItemsContained(left, new ItemShape(part.PrefixItems, part.Items), tolerance)
            && (part.Contains is null || IsContainsContained(left.Shape, size, part.Contains, tolerance));
    }

    public bool AreItemsContained(Conjunction left, ItemShape items, Tolerance tolerance)
    {
        var size = ArraySize.Of(left.Shape, check.Emptiness);
        var longest = Math.Max(left.Shape.LongestPrefix, items.Prefix.Count);
        for (var index = 0; index <= longest && !(index >= size.Maximum); index++)
        {
            if (!check.IsContained(left.Shape.ItemAt(index), items.Of(index), Inner(tolerance)))
            {
                return false;
            }
        }

        return true;
    }

    // A union around the array says nothing about a property of an item.
    private static Tolerance Inner(Tolerance tolerance) => tolerance == Tolerance.None ? Tolerance.None : Tolerance.NewProperties;

    private bool IsContainsContained(Shape left, ArraySize size, ContainsRule rule, Tolerance tolerance) =>
        (rule.Minimum == 0
            || Surely(left, size, rule.Schema, Inner(tolerance)) >= rule.Minimum
            || left.Contains.Any(own =>
                own.Minimum >= rule.Minimum && check.IsContained(Conjunction.Of(own.Schema), rule.Schema, Inner(tolerance))))
        && (rule.Maximum is null
            || size.Maximum <= rule.Maximum
            || Possibly(left, size, rule.Schema) <= rule.Maximum
            || left.Contains.Any(own =>
                own.Maximum <= rule.Maximum && check.IsContained(Conjunction.Of(rule.Schema), own.Schema, Tolerance.None)));

    /// <summary>How many items surely satisfy a schema.</summary>
    private long Surely(Shape left, ArraySize size, Schema schema, Tolerance tolerance)
    {
        var prefix = (int)Math.Min(left.LongestPrefix, size.Minimum);
        var ofPrefix = Enumerable.Range(0, prefix).Count(index => check.IsContained(left.ItemAt(index), schema, tolerance));
        var ofRest = size.Minimum > prefix && check.IsContained(left.ItemAt(left.LongestPrefix), schema, tolerance)
            ? size.Minimum - prefix
            : 0;
        return ofPrefix + ofRest;
    }

    /// <summary>How many items can satisfy a schema.</summary>
    private long Possibly(Shape left, ArraySize size, Schema schema)
    {
        var prefix = (int)Math.Min(left.LongestPrefix, size.Maximum ?? long.MaxValue);
        var ofPrefix = Enumerable.Range(0, prefix).Count(index => !check.Emptiness.IsEmpty(left.ItemAt(index).With(schema)));
        var rest = (size.Maximum ?? long.MaxValue) - prefix;
        return rest == 0 || check.Emptiness.IsEmpty(left.ItemAt(left.LongestPrefix).With(schema))
            ? ofPrefix
            : ofPrefix + Math.Min(rest, int.MaxValue);
    }
}
