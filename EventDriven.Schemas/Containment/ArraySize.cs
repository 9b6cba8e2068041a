using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>How many items the arrays of a conjunction can have.</summary>
internal sealed record ArraySize(long Minimum, long? Maximum)
{
    public bool IsEmpty => Minimum > Maximum;

    public static ArraySize Of(Shape shape, Emptiness emptiness)
    {
        var minimum = Math.Max(shape.MinItems, shape.Contains.Select(rule => rule.Minimum).DefaultIfEmpty(0).Max());
        var maximum = shape.MaxItems;

        // An array ends before the first item that can't be.
        for (var index = 0; index <= shape.LongestPrefix && !(index >= maximum); index++)
        {
            if (emptiness.IsEmpty(shape.ItemAt(index)))
            {
                maximum = index;
            }
        }

        return shape.Contains.Any(rule => IsImpossible(rule, emptiness)) ? new ArraySize(1, 0) : new ArraySize(minimum, maximum);
    }

    private static bool IsImpossible(ContainsRule rule, Emptiness emptiness) =>
        rule.Minimum > 0 && (rule.Minimum > rule.Maximum || emptiness.IsEmpty(Conjunction.Of(rule.Schema)));
}
