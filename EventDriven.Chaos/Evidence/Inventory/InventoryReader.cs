using EventDriven.Chaos.Evidence.Tables;
using EventDriven.Chaos.Histories;
using Npgsql;

namespace EventDriven.Chaos.Evidence.Inventory;

/// <summary>Reads Inventory's database.</summary>
internal static class InventoryReader
{
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static async Task<InventoryEvidence> ReadAsync(
        NpgsqlConnection database, IReadOnlyDictionary<string, int> initialStock, CancellationToken cancellationToken)
    {
        var reservations = await database.ReadAsync(
            "SELECT order_id, state, placed, changed_at, skus, quantities FROM reservations ORDER BY order_id",
            row => new StoredReservation(
                row.GetGuid(0),
                row.GetString(1),
                row.GetBoolean(2),
                row.GetFieldValue<DateTimeOffset>(3),
                [.. row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<int[]>(5), (sku, quantity) => new OperationLine(sku, quantity))]),
            cancellationToken);
        return new InventoryEvidence(initialStock, await ReadStockAsync(database, cancellationToken), reservations);
    }

    /// <summary>The stock as it is.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static Task<IReadOnlyList<StoredStock>> ReadStockAsync(NpgsqlConnection database, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "SELECT sku, available, reserved FROM stock ORDER BY sku",
            row => new StoredStock(row.GetString(0), row.GetInt32(1), row.GetInt32(2)),
            cancellationToken);
}
