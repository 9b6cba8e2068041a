using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>Is a property new to an open object?</summary>
internal static class NewProperty
{
    public static bool IsNew(Conjunction left, string name, Tolerance tolerance, PatternMatching matching)
    {
        if (left.Shape.Required.Contains(name) || left.Shape.Objects.Any(shape => shape.Knows(name, matching)))
        {
            return false;
        }

        var choices = Unions.Of(left).Where(union => tolerance == Tolerance.NewProperties || !union.IsChosen);
        return !choices.SelectMany(union => union.Branches).Concat(OwnNots(left)).Any(branch => Knows(branch, name, matching));
    }

    // Those that stand for "not the other branch" came with the choice of a branch.
    private static IEnumerable<Schema> OwnNots(Conjunction left)
    {
        var branches = Unions.Of(left).SelectMany(union => union.Branches).Select(branch => branch.Key).ToHashSet(StringComparer.Ordinal);
        return left.Shape.Nots.Where(not => !branches.Contains(not.Key));
    }

    private static bool Knows(Schema schema, string name, PatternMatching matching) => Evaluated.InPlace(schema).Any(part =>
        part.Required.Contains(name)
        || new ObjectShape(part.Properties, part.PatternProperties, part.AdditionalProperties).Knows(name, matching)
        || (part.Not is not null && Knows(part.Not, name, matching)));
}
