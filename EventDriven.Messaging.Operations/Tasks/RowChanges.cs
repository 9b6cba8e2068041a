namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Changes to the rows of one table.</summary>
/// <param name="Inserted">New rows.</param>
/// <param name="Updated">Changed rows; a row counts each time.</param>
/// <param name="Deleted">Deleted rows.</param>
public sealed record RowChanges(long Inserted, long Updated, long Deleted)
{
    internal static readonly RowChanges None = new(0, 0, 0);

    internal RowChanges Plus(RowChanges other) => new(Inserted + other.Inserted, Updated + other.Updated, Deleted + other.Deleted);

    internal RowChanges Minus(RowChanges other) => new(Inserted - other.Inserted, Updated - other.Updated, Deleted - other.Deleted);
}
