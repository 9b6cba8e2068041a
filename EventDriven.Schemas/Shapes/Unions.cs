using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>Finds the choices that a value makes.</summary>
internal static class Unions
{
    /// <summary>All choices that the values of a conjunction make.</summary>
    public static IEnumerable<Union> Of(Conjunction left) => left.Members.SelectMany(member => Of(member, left));

    private static IEnumerable<Union> Of(Schema member, Conjunction left)
    {
        if (member.AnyOf.Count > 0 && !member.AnyOf.Any(branch => branch.IsTrue))
        {
            yield return Create(member.AnyOf, [.. member.AnyOf.Select(branch => (Schema[])[branch])], left);
        }

        if (member.OneOf.Count > 0)
        {
            yield return Create(member.OneOf, [.. member.OneOf.Select((_, chosen) => ExactlyOne(member.OneOf, chosen))], left);
        }

        if (member.Conditional is { } conditional)
        {
            yield return Create(
                [conditional.If, conditional.Then, conditional.Else],
                [[conditional.If, conditional.Then], [Schema.Negation(conditional.If), conditional.Else]],
                left);
        }

        foreach (var (name, dependent) in Dependencies(member))
        {
            yield return Create([Schema.With(name), dependent], [[Schema.With(name), dependent], [Schema.Without(name)]], left);
        }
    }

    private static IEnumerable<(string Name, Schema Dependent)> Dependencies(Schema member) =>
        member.DependentSchemas.Select(entry => (entry.Key, entry.Value))
            .Concat(member.DependentRequired.Select(entry => (entry.Key, new Schema { Required = entry.Value })));

    private static Schema[] ExactlyOne(IReadOnlyList<Schema> branches, int chosen) =>
        [branches[chosen], .. branches.Where((_, index) => index != chosen).Select(Schema.Negation)];

    private static Union Create(IReadOnlyList<Schema> branches, IReadOnlyList<IReadOnlyList<Schema>> pieces, Conjunction left) =>
        new(branches, pieces, pieces.Any(piece => piece.All(left.Has)));
}
