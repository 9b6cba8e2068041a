namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>What a rebuild would lose. A <see cref="TaskFailure"/> with the same content for a person follows it.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Tables">Rows by table: in the present read model, and in one that is rebuilt from this log.</param>
/// <param name="LostEvents">
/// Events that the present read model has applied and the rebuilt one would lack, as far back as the inbox remembers.
/// </param>
/// <param name="Lost">What the log no longer has of the events that the read model was made from.</param>
public sealed record RebuildRefusal(
    string Group, IReadOnlyDictionary<string, TableRows> Tables, long LostEvents, IReadOnlyList<string> Lost) : TaskLine
{
    /// <summary>The same, for a person.</summary>
    public override string ToString()
    {
        var lost = Lost.Count > 0
            ? $"The log no longer has all events that the read model of '{Group}' was made from: {string.Join(", ", Lost)}."
            : $"The read model of '{Group}' was made from events that are not on the log, or that this version "
                + "of the service does not handle.";
        var tables = Tables.Select(table =>
            FormattableString.Invariant($"  {table.Key}: {table.Value.Before:N0} row(s) now, {table.Value.After:N0} after it"));
        return string.Join(
            Environment.NewLine,
            [
                lost,
                "A rebuild from this log would leave:",
                .. tables,
                FormattableString.Invariant($"  {LostEvents:N0} event(s) that the inbox records as applied would be missing."),
                "Nothing was changed. Keep the read model as it is. If you accept this loss, rebuild with --allow-loss.",
            ]);
    }
}
