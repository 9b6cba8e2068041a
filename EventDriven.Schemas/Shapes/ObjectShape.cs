using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>Which schema applies to a property: one by its name, those whose pattern it matches, else the additional one.</summary>
internal sealed record ObjectShape(
    IReadOnlyDictionary<string, Schema> Properties, IReadOnlyDictionary<string, Schema> Patterns, Schema? Additional)
{
    /// <summary>The schemas that surely apply to a property.</summary>
    public IEnumerable<Schema> SurelyOf(string name, PatternMatching matching) =>
        Of(name, matching, unknownMatches: false, unknownMisses: false);

    /// <summary>The schemas that apply to a property, and those that may.</summary>
    public IEnumerable<Schema> PossiblyOf(string name, PatternMatching matching) =>
        Of(name, matching, unknownMatches: true, unknownMisses: true);

    /// <summary>Has a property a schema here that says something?</summary>
    public bool Knows(string name, PatternMatching matching) =>
        Properties.ContainsKey(name)
        || Patterns.Keys.Any(pattern => matching.IsMatch(pattern, name) != false)
        || Additional is { IsTrue: false };

    private IEnumerable<Schema> Of(string name, PatternMatching matching, bool unknownMatches, bool unknownMisses)
    {
        var isAdditional = true;
        if (Properties.TryGetValue(name, out var named))
        {
            isAdditional = false;
            yield return named;
        }

        foreach (var (pattern, schema) in Patterns)
        {
            var match = matching.IsMatch(pattern, name);
            if (match ?? unknownMatches)
            {
                yield return schema;
            }

            isAdditional &= match is null ? unknownMisses : !match.Value;
        }

        if (isAdditional && Additional is not null)
        {
            yield return Additional;
        }
    }
}
