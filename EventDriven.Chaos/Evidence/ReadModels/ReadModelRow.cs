namespace EventDriven.Chaos.Evidence.ReadModels;

/// <summary>A row of a read model, as text, so that what is stored and what the log says are compared alike.</summary>
/// <param name="Group">The group that writes it.</param>
/// <param name="Table">The table.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Values">The other columns.</param>
internal sealed record ReadModelRow(string Group, string Table, string Key, string Values)
{
    /// <summary>For a history.</summary>
    public override string ToString() => $"{Group}.{Table} {Key}: {Values}";
}
