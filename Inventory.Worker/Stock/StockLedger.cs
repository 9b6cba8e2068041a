using EventDriven.Contracts.Inventory;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Stock;

/// <summary>
/// The only code that moves stock between available and reserved: all lines or none. It runs in the caller's transaction and locks the
/// SKUs in their order, so that two orders over the same SKUs wait for one another instead of deadlocking.
/// </summary>
internal sealed class StockLedger(InventoryDbContext database)
{
    /// <summary>Sets the lines aside.</summary>
    /// <param name="lines">One entry a SKU.</param>
    /// <param name="cancellationToken">Stops waiting for the locks.</param>
    /// <returns>What is missing; empty when everything was set aside. When anything is missing, nothing was.</returns>
    public async Task<IReadOnlyList<StockShortage>> TakeAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var available = await LockAsync(lines, cancellationToken);
        var shortages = lines
            .Select(line => new StockShortage(line.Sku, line.Quantity, available.GetValueOrDefault(line.Sku)))
            .Where(line => line.Requested > line.Available)
            .ToList();
        if (shortages.Count == 0)
        {
            await MoveAsync(lines, direction: 1, cancellationToken);
        }

        return shortages;
    }

    /// <summary>Makes lines that were set aside available again.</summary>
    public async Task GiveBackAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        await LockAsync(lines, cancellationToken);
        await MoveAsync(lines, direction: -1, cancellationToken);
    }

    private async Task<Dictionary<string, int>> LockAsync(IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        var skus = lines.Select(l => l.Sku).ToArray();
        return await database.Stock
            .FromSql($"SELECT * FROM stock WHERE sku = ANY ({skus}) ORDER BY sku FOR UPDATE")
            .AsNoTracking()
            .AsAsyncEnumerable()
            .ToDictionaryAsync(s => s.Sku, s => s.Available, StringComparer.Ordinal, cancellationToken);
    }

    private async Task MoveAsync(IReadOnlyList<StockLine> lines, int direction, CancellationToken cancellationToken)
    {
        var skus = lines.Select(l => l.Sku).ToArray();
        var quantities = lines.Select(l => direction * l.Quantity).ToArray();
        await database.Database.ExecuteSqlAsync(
            $"""
            UPDATE stock SET available = stock.available - taken.quantity, reserved = stock.reserved + taken.quantity
            FROM unnest({skus}, {quantities}) AS taken (sku, quantity)
            WHERE stock.sku = taken.sku
            """,
            cancellationToken);
    }
}
