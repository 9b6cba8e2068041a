namespace EventDriven.ControlRoom.Replay.Rehearsal;

/// <summary>The rows of a table before and after.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Before">Rows before; null when they were not counted.</param>
/// <param name="After">Rows after; null when they are not known.</param>
/// <param name="Inserted">New rows.</param>
/// <param name="Updated">Changes of rows; a row counts each time.</param>
/// <param name="Deleted">Deleted rows.</param>
public sealed record TableDiff(string Table, long? Before, long? After, long Inserted, long Updated, long Deleted)
{
    /// <summary>Whether the rows before are PostgreSQL's estimate, because counting them takes long.</summary>
    public bool IsEstimate { get; init; }
}
