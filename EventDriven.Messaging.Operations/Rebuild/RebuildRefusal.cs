using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>What a rebuild would have lost; the failure that says so for a person follows.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Tables">Rows by table, of the read model as it is and as the log gives it.</param>
/// <param name="LostEvents">Events that the read model has applied and the new one would lack, as far back as the inbox remembers.</param>
/// <param name="Lost">What the log lacks of what the read model was made from.</param>
internal sealed record RebuildRefusal(string Group, IReadOnlyDictionary<string, TableRows> Tables, long LostEvents, IReadOnlyList<string> Lost) : TaskLine
{
    /// <summary>The same for a person.</summary>
    public override string ToString()
    {
        var lost = Lost.Count > 0
            ? $"The log doesn't reach back to the beginning of the read model of '{Group}': {string.Join("; ", Lost)}."
            : $"The read model of '{Group}' rests on events that are not on the log, or that this version of the service doesn't handle.";
        var tables = Tables.Select(table => FormattableString.Invariant($"  {table.Key}: {table.Value.Before:N0} row(s) now, {table.Value.After:N0} after it"));
        return string.Join(
            Environment.NewLine,
            [
                lost,
                "A rebuild from this log would leave:",
                .. tables,
                FormattableString.Invariant($"  {LostEvents:N0} event(s) that the inbox knows as applied would not be in it."),
                "Nothing was changed. Keep the read model as it is; or, when this loss is meant, rebuild with --allow-loss.",
            ]);
    }
}
