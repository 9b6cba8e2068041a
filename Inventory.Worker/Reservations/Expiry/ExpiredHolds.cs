using Inventory.Worker.Database;
using Inventory.Worker.Stock;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Reservations.Expiry;

/// <summary>
/// Releases the stock of expired holds. It publishes no event: the hold was not published either, and no order was placed.
/// </summary>
internal sealed class ExpiredHolds(InventoryDbContext database, StockLedger stock, TimeProvider time)
{
    /// <summary>Most holds released in one transaction.</summary>
    internal const int BatchSize = 100;

    /// <summary>
    /// Releases up to <see cref="BatchSize"/> holds; those that another transaction has locked are left for the next time.
    /// </summary>
    /// <returns>How many were released.</returns>
    public async Task<int> ReleaseAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var expired = await database.Reservations
            .FromSql(
                $"SELECT * FROM reservations WHERE expires_at <= {now} ORDER BY expires_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellationToken);
        if (expired.Count == 0)
        {
            return 0;
        }

        await stock.GiveBackAsync(StockLines.Sum(expired.SelectMany(r => r.Lines)), cancellationToken);
        foreach (var reservation in expired)
        {
            reservation.Release(now);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return expired.Count;
    }
}
