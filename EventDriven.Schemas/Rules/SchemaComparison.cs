using System.Text.Json;
using EventDriven.Schemas.Containment;
using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Rules;

/// <summary>
/// Finds the differences of two schemas. The verdict is that of two independent checks, one for each direction. The rules explain it:
/// a difference breaks what the check of its own assertion refuses, and at least one difference breaks what the check as a whole refuses.
/// </summary>
internal sealed class SchemaComparison
{
    // A definition may be used in more places than anybody reads about: from here on, each pair is reported once.
    private const int MaximumFindings = 1_000;

    private readonly ContainmentCheck _backward = new();
    private readonly ContainmentCheck _forward = new();
    private readonly List<Finding> _findings = [];
    private readonly HashSet<(string Old, string Updated, Breaks Possible)> _seen = [];
    private readonly HashSet<(string Old, string Updated, Breaks Possible)> _silent = [];

    private SchemaComparison()
    {
    }

    public ContainmentCheck Backward => _backward;

    public static IReadOnlyList<Finding> Compare(Schema old, Schema updated)
    {
        var comparison = new SchemaComparison();
        comparison.Walk(new SchemaPair(old, updated, "#", new Breaks(Backward: true, Forward: true)));
        return comparison._findings;
    }

    /// <summary>Finds the differences of two schemas and of their subschemas.</summary>
    public void Walk(SchemaPair pair)
    {
        if (pair.Old.Key == pair.Updated.Key)
        {
            return;
        }

        var possible = Of(pair, pair.Old, pair.Updated);
        pair = pair with { Possible = possible };
        var question = (pair.Old.Key, pair.Updated.Key, possible);
        if (_silent.Contains(question) || (!_seen.Add(question) && _findings.Count >= MaximumFindings))
        {
            return;
        }

        var first = _findings.Count;
        Find(pair);
        Explain(pair, first);
        if (_findings.Count == first)
        {
            _silent.Add(question);
        }
    }

    /// <summary>What is broken when one assertion becomes another.</summary>
    public Breaks Of(SchemaPair pair, Schema oldPart, Schema updatedPart) => new(
        pair.Possible.Backward && !_backward.IsContained(pair.OldValues, updatedPart, Tolerance.NewProperties),
        pair.Possible.Forward && !_forward.IsContained(pair.UpdatedValues, oldPart, Tolerance.NewProperties));

    /// <summary>What is broken by <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
    public Breaks OfUnevaluated(SchemaPair pair) => new(
        pair.Possible.Backward && !_backward.IsUnevaluatedContained(pair.OldValues, pair.Updated, Tolerance.NewProperties),
        pair.Possible.Forward && !_forward.IsUnevaluatedContained(pair.UpdatedValues, pair.Old, Tolerance.NewProperties));

    /// <summary>Reports a changed keyword if it breaks anything.</summary>
    public void Report(SchemaPair pair, string keyword, string rule, Breaks breaks)
    {
        if (breaks.Any)
        {
            var (old, updated) = (pair.OldKeyword(keyword), pair.UpdatedKeyword(keyword));
            var message = Wording.Changed($"\"{keyword}\"", old, updated, breaks);
            Add(new Finding(rule, JsonPointer.Append(pair.Path, keyword), old, updated, breaks, message));
        }
    }

    /// <summary>Reports that something was added, removed or changed, even when that breaks nothing.</summary>
    public void Report(SchemaPair child, string what, string rule, JsonElement old, JsonElement updated, Breaks breaks) =>
        Add(new Finding(rule, child.Path, old, updated, breaks, Wording.Changed(what, old, updated, breaks)));

    // What a check refuses without a rule that says so.
    private void Explain(SchemaPair pair, int first)
    {
        var possible = pair.Possible;
        var found = _findings.Skip(first).Select(finding => finding.Breaks).ToList();
        var unexplained = new Breaks(
            possible.Backward && !found.Exists(breaks => breaks.Backward), possible.Forward && !found.Exists(breaks => breaks.Forward));
        if (unexplained.Any)
        {
            var rule = _backward.IsExhausted || _forward.IsExhausted ? "SCHEMA_TOO_COMPLEX" : "CONTAINMENT_NOT_PROVEN";
            Add(new Finding(rule, pair.Path, pair.Old.Source, pair.Updated.Source, unexplained, Wording.NotProven(unexplained)));
        }
    }

    private void Add(Finding finding) => _findings.Add(finding);

    private void Find(SchemaPair pair)
    {
        if (CombinationRules.FindWhole(this, pair))
        {
            return;
        }

        TypeRules.Find(this, pair);
        ValueRules.Find(this, pair);
        ArrayRules.Find(this, pair);
        PropertyRules.Find(this, pair);
        ObjectRules.Find(this, pair);
        CombinationRules.Find(this, pair);
        ConditionalRules.Find(this, pair);
    }
}
