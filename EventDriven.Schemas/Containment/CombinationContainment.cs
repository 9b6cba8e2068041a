using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>The assertions that combine schemas.</summary>
internal sealed class CombinationContainment(ContainmentCheck check)
{
    public bool IsContained(Conjunction left, Schema part, Tolerance tolerance) =>
        part.AllOf.All(branch => check.IsContained(left, branch, tolerance))
        && (part.AnyOf.Count == 0 || part.AnyOf.Any(branch => check.IsContained(left, branch, OfBranch(tolerance))))
        && (part.OneOf.Count == 0 || IsContainedInExactlyOne(left, part.OneOf, OfBranch(tolerance)))
        && (part.Not is null || check.Emptiness.IsEmpty(left.With(part.Not)))
        && (part.Conditional is null || IsContained(left, part.Conditional, tolerance))
        && part.DependentRequired.All(entry => IsContained(left, entry.Key, new Schema { Required = entry.Value }, Tolerance.None))
        && part.DependentSchemas.All(entry => IsContained(left, entry.Key, entry.Value, OfDependent(left, entry.Key, tolerance)));

    // What depends on a property and is new restricts, as a new conditional does.
    private static Tolerance OfDependent(Conjunction left, string name, Tolerance tolerance) =>
        left.Members.Any(member => member.DependentSchemas.ContainsKey(name)) ? tolerance : Tolerance.None;

    private static Tolerance OfBranch(Tolerance tolerance) =>
        tolerance == Tolerance.None ? Tolerance.None : Tolerance.NewPropertiesOfBranch;

    private bool IsContainedInExactlyOne(Conjunction left, IReadOnlyList<Schema> branches, Tolerance tolerance) =>
        Enumerable.Range(0, branches.Count).Any(chosen =>
            check.IsContained(left, branches[chosen], tolerance)
            && branches.Where((_, index) => index != chosen).All(other => IsExcluded(left, other, tolerance)));

    // A union of exactly one branch excludes the others, and so what has only new properties beyond one of them.
    private bool IsExcluded(Conjunction left, Schema branch, Tolerance tolerance) =>
        check.Emptiness.IsEmpty(left.With(branch))
        || (tolerance != Tolerance.None && OtherBranches(left).Any(other => check.IsContained(Conjunction.Of(branch), other, tolerance)));

    private static IEnumerable<Schema> OtherBranches(Conjunction left)
    {
        var excluded = left.Shape.Nots.Select(not => not.Key).ToHashSet(StringComparer.Ordinal);
        return left.Members.SelectMany(member => member.OneOf).Where(branch => excluded.Contains(branch.Key));
    }

    // A new conditional restricts; one that was there before may get new properties as any object does.
    private bool IsContained(Conjunction left, Conditional conditional, Tolerance tolerance)
    {
        var same = left.Members.Any(member => member.Conditional?.If.Key == conditional.If.Key) ? tolerance : Tolerance.None;
        return check.IsContained(left.With(conditional.If), conditional.Then, same)
            && check.IsContained(left.With(Schema.Negation(conditional.If)), conditional.Else, same);
    }

    private bool IsContained(Conjunction left, string name, Schema dependent, Tolerance tolerance) =>
        check.IsContained(left.With(Schema.With(name)), dependent, tolerance);
}
