using EventDriven.Contracts.Inventory;
using Inventory.Worker.Database;
using Inventory.Worker.Stock;
using Microsoft.Extensions.Options;

namespace Inventory.Worker.Reservations.Hold;

/// <summary>
/// Holds stock for a caller who needs the answer at once. No event is published: the hold becomes firm when the order is placed, or
/// expires.
/// </summary>
internal sealed class HoldStock(
    InventoryDbContext database, ReservationBook book, StockLedger stock, IOptions<ReservationOptions> options, TimeProvider time)
{
    /// <summary>Holds the lines, unless the order is already decided.</summary>
    /// <returns>The order's reservation; its lines differ if the order id was used with other lines before.</returns>
    public async Task<Reservation> HoldAsync(Guid orderId, IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var reservation = await book.OpenAsync(orderId, cancellationToken);
        var now = time.GetUtcNow();
        var until = now + options.Value.HoldFor;

        if (reservation.State == ReservationState.Held && reservation.Lines.SequenceEqual(lines))
        {
            // A repeated request that is answered "held" gets the full duration again.
            reservation.Hold(lines, until, now);
        }
        else if (reservation.IsUndecided)
        {
            var shortages = await stock.TakeAsync(lines, cancellationToken);
            if (shortages.Count == 0)
            {
                reservation.Hold(lines, until, now);
            }
            else
            {
                reservation.Reject(lines, shortages, placed: false, now);
            }
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return reservation;
    }
}
