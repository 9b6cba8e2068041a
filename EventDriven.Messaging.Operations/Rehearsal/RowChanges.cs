namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>Rows of one table.</summary>
/// <param name="Inserted">New rows.</param>
/// <param name="Updated">Changed rows; a row counts each time.</param>
/// <param name="Deleted">Deleted rows.</param>
internal sealed record RowChanges(long Inserted, long Updated, long Deleted)
{
    public static readonly RowChanges None = new(0, 0, 0);

    public static RowChanges operator +(RowChanges a, RowChanges b) => new(a.Inserted + b.Inserted, a.Updated + b.Updated, a.Deleted + b.Deleted);

    public static RowChanges operator -(RowChanges a, RowChanges b) => new(a.Inserted - b.Inserted, a.Updated - b.Updated, a.Deleted - b.Deleted);
}
