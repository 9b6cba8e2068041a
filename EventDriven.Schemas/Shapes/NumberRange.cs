using System.Numerics;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>The numbers of a conjunction: a range, and a number of which all are multiples.</summary>
internal sealed record NumberRange(Bound? Lower, Bound? Upper, ExactNumber? MultipleOf)
{
    /// <summary>The range, closer for integers than for numbers: an integer above 0 is at least 1.</summary>
    public static NumberRange Of(Shape shape, JsonTypes types)
    {
        var multiples = types.HasFlag(JsonTypes.Fraction) ? shape.Multiples : [.. shape.Multiples, ExactNumber.One];
        var multiple = multiples.Count == 0
            ? null
            : multiples.Aggregate((ExactNumber?)multiples[0], (all, next) => all?.LeastCommonMultiple(next));
        return types.HasFlag(JsonTypes.Fraction)
            ? new NumberRange(shape.Lower, shape.Upper, multiple)
            : new NumberRange(FirstInteger(shape.Lower), LastInteger(shape.Upper), multiple);
    }

    /// <summary>Is there surely no number within the range?</summary>
    public bool IsEmpty => Lower is not null && Upper is not null
        && Lower.Value.OrderTo(Upper.Value) is var order && (order > 0 || (order == 0 && (Lower.IsExclusive || Upper.IsExclusive)));

    /// <summary>Are all numbers integers?</summary>
    public bool IsInteger => MultipleOf?.IsInteger == true;

    /// <summary>The integers of the range; null when there are more than some.</summary>
    public IReadOnlyList<BigInteger>? Integers(int most) =>
        Lower?.Value.Ceiling() is { } first && Upper?.Value.Floor() is { } last && last - first < most
            ? [.. Enumerable.Range(0, (int)BigInteger.Max(0, last - first + 1)).Select(index => first + index)]
            : null;

    private static Bound? FirstInteger(Bound? bound)
    {
        if (bound is null || bound.Value.Floor() is not { } floor || bound.Value.Ceiling() is not { } ceiling)
        {
            return bound;
        }

        return new Bound(ExactNumber.Create(bound.IsExclusive ? floor + 1 : ceiling, 0), IsExclusive: false);
    }

    private static Bound? LastInteger(Bound? bound)
    {
        if (bound is null || bound.Value.Floor() is not { } floor || bound.Value.Ceiling() is not { } ceiling)
        {
            return bound;
        }

        return new Bound(ExactNumber.Create(bound.IsExclusive ? ceiling - 1 : floor, 0), IsExclusive: false);
    }
}
