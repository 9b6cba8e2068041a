namespace EventDriven.Schemas;

/// <summary>The result of a check.</summary>
/// <param name="Mode">What was checked.</param>
/// <param name="Breaks">The differences that break, in the order of the versions; empty when the schema is compatible.</param>
public sealed record CompatibilityReport(CompatibilityMode Mode, IReadOnlyList<SchemaBreak> Breaks)
{
    /// <summary>Nothing breaks.</summary>
    public bool IsCompatible => Breaks.Count == 0;
}
