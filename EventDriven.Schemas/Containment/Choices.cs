using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>Decides by cases: whatever a value chooses, it must be admitted.</summary>
internal sealed class Choices(ContainmentCheck check)
{
    private const int MaximumCases = 2_000;

    private int _cases;

    /// <summary>The open choices of a conjunction, each with its cases.</summary>
    public IEnumerable<IReadOnlyList<Conjunction>> Of(Conjunction left) =>
        Unions.Of(left).Where(union => !union.IsChosen).Select(union => Cases(left, union));

    /// <summary>Is each case contained? False when there is no choice.</summary>
    public bool Decide(Conjunction left, Schema right, Tolerance tolerance)
    {
        foreach (var union in Unions.Of(left).Where(union => !union.IsChosen))
        {
            // One choice after the other: the first case decides the next choice.
            return BranchMatching.IsContained(check, Cases(left, union), right, tolerance);
        }

        return (right.AnyOf.Count > 0 || right.OneOf.Count > 0)
            && ValueCases.Of(left, right, check) is { Count: > 1 } cases
            && Count(cases).All(piece => check.IsContained(piece, right, tolerance));
    }

    private List<Conjunction> Cases(Conjunction left, Union union) =>
        Count(union.Pieces.Select(piece => left.With(piece)).Where(piece => !check.Emptiness.IsEmpty(piece)));

    // Too many cases end the check.
    private List<Conjunction> Count(IEnumerable<Conjunction> cases)
    {
        var list = cases.ToList();
        _cases += list.Count;
        if (_cases > MaximumCases)
        {
            check.GiveUp();
        }

        return list;
    }
}
