using System.Text;
using EventDriven.Schemas;

namespace EventDriven.Tests.Schemas;

/// <summary>Compares schemas that are written in a test.</summary>
internal static class SchemaVerdict
{
    public static SchemaDocument Parse(string json, string name = "schema.json") =>
        SchemaDocument.Parse(Encoding.UTF8.GetBytes(json), name);

    public static IReadOnlyList<SchemaDifference> Compare(string old, string updated) =>
        SchemaCompatibility.Compare(Parse(old, "old.json"), Parse(updated, "updated.json"));

    public static Verdict Of(IReadOnlyList<SchemaDifference> differences) =>
        (differences.Any(difference => difference.BreaksBackward) ? Verdict.Neither : Verdict.Backward)
        | (differences.Any(difference => difference.BreaksForward) ? Verdict.Neither : Verdict.Forward);

    /// <summary>Checks the verdict, that of the converse, and that a rule is named.</summary>
    public static void Check(string old, string updated, Verdict expected, string? rule)
    {
        var differences = Compare(old, updated);
        var said = string.Join(Environment.NewLine, differences.Select(found => $"{found.Rule} {found.Path}: {found.Message}"));

        Assert.True(Of(differences) == expected, $"{Of(differences)} instead of {expected}: {old} → {updated}\n{said}");
        Assert.Equal(Converse(expected), Of(Compare(updated, old)));
        Assert.All(new[] { old, updated }, schema => Assert.Empty(Compare(schema, schema)));
        if (rule is not null)
        {
            Assert.Contains(rule, differences.Select(difference => difference.Rule));
        }
    }

    private static Verdict Converse(Verdict verdict) => verdict switch
    {
        Verdict.Backward => Verdict.Forward,
        Verdict.Forward => Verdict.Backward,
        _ => verdict,
    };
}
