using EventDriven.Schemas;

namespace EventDriven.Cli.Contracts;

/// <summary>The differences of a schema from some earlier versions, and the verdict.</summary>
internal sealed record SchemaDiff(string Mode, IReadOnlyList<SchemaBreak> Differences)
{
    /// <summary>Nothing breaks backward.</summary>
    public bool IsBackward => !Differences.Any(found => found.Difference.BreaksBackward);

    /// <summary>Nothing breaks forward.</summary>
    public bool IsForward => !Differences.Any(found => found.Difference.BreaksForward);

    /// <summary>Nothing breaks that the mode asks for.</summary>
    public bool IsCompatible => (IsBackward || Mode == "forward") && (IsForward || Mode == "backward");

    public static SchemaDiff Of(SchemaDocument updated, IReadOnlyList<SchemaDocument> earlier, string mode) => new(
        mode,
        [
            .. from version in earlier
               from difference in SchemaCompatibility.Compare(version, updated)
               select new SchemaBreak(version.Name, difference),
        ]);
}
