using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: they apply to what no branch has evaluated, and only branches that surely
/// apply to all values are counted.
/// </summary>
internal sealed class UnevaluatedContainment(ContainmentCheck check, ObjectContainment objects, ArrayContainment arrays)
{
    public bool IsContained(Conjunction left, Schema right, Tolerance tolerance)
    {
        var types = check.Emptiness.TypesOf(left);
        var applying = Applying(left, right, tolerance).ToList();
        return (right.UnevaluatedProperties is not { } properties
                || !types.HasFlag(JsonTypes.Object)
                || Evaluated.OfProperties(applying, properties) is not { } shape
                || objects.ArePropertiesContained(left, shape, tolerance))
            && (right.UnevaluatedItems is not { } rest
                || !types.HasFlag(JsonTypes.Array)
                || Evaluated.OfItems(applying, rest) is not { } items
                || arrays.AreItemsContained(left, items, tolerance));
    }

    private IEnumerable<Schema> Applying(Conjunction left, Schema schema, Tolerance tolerance)
    {
        yield return schema;
        foreach (var branch in Surely(left, schema, tolerance))
        {
            foreach (var inner in Applying(left, branch, tolerance))
            {
                yield return Evaluated.WithUnevaluated(inner);
            }
        }
    }

    private IEnumerable<Schema> Surely(Conjunction left, Schema schema, Tolerance tolerance)
    {
        var choices = schema.AnyOf.Concat(schema.OneOf).Where(branch => check.IsContained(left, branch, tolerance));
        var dependent = schema.DependentSchemas.Where(entry => left.Shape.Required.Contains(entry.Key)).Select(entry => entry.Value);
        var ofConditional = schema.Conditional is { } conditional ? Surely(left, conditional) : [];
        return schema.AllOf.Concat(choices).Concat(dependent).Concat(ofConditional);
    }

    private IEnumerable<Schema> Surely(Conjunction left, Conditional conditional) =>
        check.IsContained(left, conditional.If, Tolerance.None) ? [conditional.If, conditional.Then]
        : check.Emptiness.IsEmpty(left.With(conditional.If)) ? [conditional.Else]
        : [];
}
