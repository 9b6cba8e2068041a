using System.Runtime.CompilerServices;
using EventDriven.Schemas.Model;
using EventDriven.Schemas.Shapes;

namespace EventDriven.Schemas.Containment;

/// <summary>
/// Is each value that some schemas admit admitted by another one? "Yes" is proven; "no" means that no proof was found.
/// Each assertion of the other schema is checked alone, against all that the first schemas say together.
/// </summary>
internal sealed class ContainmentCheck
{
    private const int MaximumSteps = 300_000;

    private readonly Dictionary<(string Left, string Right, Tolerance Tolerance), bool> _known = [];
    private readonly HashSet<(string Left, string Right, Tolerance Tolerance)> _open = [];
    private readonly ScalarContainment _scalars;
    private readonly ArrayContainment _arrays;
    private readonly ObjectContainment _objects;
    private readonly CombinationContainment _combinations;
    private readonly UnevaluatedContainment _unevaluated;
    private int _steps;

    public ContainmentCheck()
    {
        Matching = new PatternMatching();
        Validation = new Validation(Matching);
        Emptiness = new Emptiness(this);
        Choices = new Choices(this);
        _scalars = new ScalarContainment(Emptiness);
        _arrays = new ArrayContainment(this);
        _objects = new ObjectContainment(this);
        _combinations = new CombinationContainment(this);
        _unevaluated = new UnevaluatedContainment(this, _objects, _arrays);
    }

    public PatternMatching Matching { get; }

    public Validation Validation { get; }

    public Emptiness Emptiness { get; }

    public Choices Choices { get; }

    /// <summary>The schemas were too complex, so some answers are "no" although they may be "yes".</summary>
    public bool IsExhausted { get; private set; }

    public bool IsContained(Conjunction left, Schema right, Tolerance tolerance)
    {
        if (left.Says(right) || Emptiness.IsEmpty(left))
        {
            return true;
        }

        var question = (left.Key, right.Key, tolerance);
        if (_known.TryGetValue(question, out var answer))
        {
            return answer;
        }

        // A question that leads back to itself proves nothing.
        if (!Step(left) || !_open.Add(question))
        {
            return false;
        }

        answer = Decide(left, right, tolerance);
        _open.Remove(question);
        _known[question] = answer;
        return answer;
    }

    /// <summary>Does <c>unevaluatedProperties</c> or <c>unevaluatedItems</c> of a schema admit all values?</summary>
    public bool IsUnevaluatedContained(Conjunction left, Schema right, Tolerance tolerance) =>
        _unevaluated.IsContained(left, right, tolerance) || Choices.Decide(left, right, tolerance);

    /// <summary>Counts a step of work, which grows with the number of schemas.</summary>
    /// <returns>False when there were too many.</returns>
    public bool Step(Conjunction left)
    {
        _steps += Math.Max(1, left.Members.Count);
        if (_steps > MaximumSteps || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            IsExhausted = true;
        }

        return !IsExhausted;
    }

    /// <summary>Ends the check: what is not known yet is answered with "no".</summary>
    public void GiveUp() => IsExhausted = true;

    private bool Decide(Conjunction left, Schema right, Tolerance tolerance)
    {
        if (right.IsFalse)
        {
            return Choices.Decide(left, right, tolerance);
        }

        if (Emptiness.ValuesOf(left) is { } values)
        {
            var answers = values.Select(value => Validation.IsValid(right, value.Element)).ToList();
            if (answers.TrueForAll(valid => valid == true) || answers.Contains(false))
            {
                return !answers.Contains(false);
            }
        }

        if (right.Parts is [var only] && only.Key == right.Key)
        {
            return IsPartContained(left, right, tolerance) || Choices.Decide(left, right, tolerance);
        }

        return right.Parts.All(part => IsContained(left, part, tolerance))
            && (right is { UnevaluatedProperties: null, UnevaluatedItems: null } || IsUnevaluatedContained(left, right, tolerance));
    }

    private bool IsPartContained(Conjunction left, Schema part, Tolerance tolerance)
    {
        if (part.Values is { } values)
        {
            return left.Shape.Values is { } own && own.All(values.Contains);
        }

        return (part.Types == JsonTypes.All || (Emptiness.TypesOf(left) & ~part.Types) == JsonTypes.None)
            && _scalars.IsContained(left, part)
            && _arrays.IsContained(left, part, tolerance)
            && _objects.IsContained(left, part, tolerance)
            && _combinations.IsContained(left, part, tolerance);
    }
}
