using EventDriven.Contracts.Inventory;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Stock;

/// <summary>
/// The only code that moves stock between available and reserved: all lines or none. It runs in the caller's transaction and locks the SKUs
/// in sorted order, so that orders for the same SKUs wait for one another instead of deadlocking.
/// </summary>
internal sealed class StockLedger(InventoryDbContext database)
{
    /// <summary>Sets the lines aside.</summary>
    /// <param name="lines">One entry a SKU.</param>
    /// <param name="cancellationToken">Stops waiting for the locks.</param>
    /// <returns>The shortages; empty if everything was set aside. If there is a shortage, nothing was.</returns>
    public async Task<IReadOnlyList<StockShortage>> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var sheet = await OpenAsync(lines.Select(l => l.Sku), cancellationToken);
        var shortages = sheet.Take(lines);
        await WriteAsync(sheet, cancellationToken);
        return shortages;
    }

    /// <summary>Makes lines that were set aside available again.</summary>
    public async Task GiveBackAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var sheet = await OpenAsync(lines.Select(l => l.Sku), cancellationToken);
        sheet.GiveBack(lines);
        await WriteAsync(sheet, cancellationToken);
    }

    /// <summary>Locks all SKUs that the transaction needs, until it ends.</summary>
    public async Task<StockSheet> OpenAsync(IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        var locked = skus.Distinct(StringComparer.Ordinal).ToArray();
        return new StockSheet(await database.Stock
            .FromSql($"SELECT * FROM stock WHERE sku = ANY ({locked}) ORDER BY sku FOR UPDATE")
            .AsNoTracking()
            .AsAsyncEnumerable()
            .ToDictionaryAsync(s => s.Sku, s => s.Available, StringComparer.Ordinal, cancellationToken));
    }

    /// <summary>Writes the moved quantities.</summary>
    public async Task WriteAsync(StockSheet sheet, CancellationToken cancellationToken)
    {
        var moved = sheet.Taken.Where(t => t.Value != 0).ToArray();
        if (moved.Length > 0)
        {
            await database.Database.ExecuteSqlAsync(
                $"""
                UPDATE stock SET available = stock.available - taken.quantity, reserved = stock.reserved + taken.quantity
                FROM unnest({Array.ConvertAll(moved, m => m.Key)}, {Array.ConvertAll(moved, m => m.Value)}) AS taken (sku, quantity)
                WHERE stock.sku = taken.sku
                """,
                cancellationToken);
        }
    }
}
