using System.Text.Json;
using EventDriven.Schemas.Rules;

namespace EventDriven.Schemas;

/// <summary>
/// Compares versions of a schema. Backward and forward are decided independently: is each document that one version admits admitted by the
/// other? What can't be decided counts as a break. Annotations, such as <c>title</c> and <c>default</c>, are no differences.
/// </summary>
public static class SchemaCompatibility
{
    /// <summary>The differences, those that break nobody included.</summary>
    /// <param name="old">The earlier version.</param>
    /// <param name="updated">The later version.</param>
    public static IReadOnlyList<SchemaDifference> Compare(SchemaDocument old, SchemaDocument updated)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(updated);
        return [.. SchemaComparison.Compare(old.Root, updated.Root).Select(Difference)];
    }

    /// <summary>Is an updated schema compatible with the earlier versions that the mode names?</summary>
    /// <param name="updated">The updated schema.</param>
    /// <param name="earlier">The earlier versions, oldest first.</param>
    /// <param name="mode">What must hold.</param>
    public static CompatibilityReport Check(SchemaDocument updated, IReadOnlyList<SchemaDocument> earlier, CompatibilityMode mode)
    {
        ArgumentNullException.ThrowIfNull(updated);
        ArgumentNullException.ThrowIfNull(earlier);
        var versions = mode switch
        {
            CompatibilityMode.None => [],
            CompatibilityMode.Backward or CompatibilityMode.Forward or CompatibilityMode.Full => earlier.TakeLast(1),
            _ => earlier,
        };
        return new CompatibilityReport(
            mode,
            [
                .. from version in versions
                   from difference in Compare(version, updated)
                   where IsBreak(difference, mode)
                   select new SchemaBreak(version.Name, difference),
            ]);
    }

    private static bool IsBreak(SchemaDifference difference, CompatibilityMode mode) => mode switch
    {
        CompatibilityMode.None => false,
        CompatibilityMode.Backward or CompatibilityMode.BackwardTransitive => difference.BreaksBackward,
        CompatibilityMode.Forward or CompatibilityMode.ForwardTransitive => difference.BreaksForward,
        _ => difference.BreaksBackward || difference.BreaksForward,
    };

    private static SchemaDifference Difference(Finding finding) => new(
        finding.Rule, finding.Path, Text(finding.Old), Text(finding.Updated), finding.Breaks.Backward, finding.Breaks.Forward,
        finding.Message);

    private static string? Text(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? null : JsonText.Of(element);
}
