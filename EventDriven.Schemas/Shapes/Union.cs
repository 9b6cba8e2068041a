using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>
/// A choice that a value makes: a branch of <c>anyOf</c> or <c>oneOf</c>, a conditional, a property that others depend on.
/// </summary>
/// <param name="Branches">The schemas that the choice is about.</param>
/// <param name="Pieces">For each choice, the schemas that the value then satisfies.</param>
/// <param name="IsChosen">A conjunction already says which.</param>
internal sealed record Union(IReadOnlyList<Schema> Branches, IReadOnlyList<IReadOnlyList<Schema>> Pieces, bool IsChosen);
