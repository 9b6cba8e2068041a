namespace EventDriven.ControlRoom.Replay.Rehearsal;

/// <summary>The rows of a table.</summary>
/// <param name="Rows">How many.</param>
/// <param name="IsExact">Whether they were counted; else PostgreSQL estimates them.</param>
public sealed record TableCount(long Rows, bool IsExact);
