using EventDriven.Contracts.Inventory;
using Inventory.Worker.Database;
using Inventory.Worker.Stock;
using Microsoft.Extensions.Options;

namespace Inventory.Worker.Reservations.Hold;

/// <summary>
/// Holds stock for a caller who must know at once. Nothing is announced: the hold becomes firm when the order is placed, or expires.
/// </summary>
internal sealed class HoldStock(
    InventoryDbContext database, ReservationBook book, StockLedger stock, IOptions<ReservationOptions> options, TimeProvider time)
{
    /// <summary>Holds the lines, unless something was decided about the order already.</summary>
    /// <returns>What holds for the order now; its lines are other ones when the order id came with other lines before.</returns>
    public async Task<Reservation> HoldAsync(Guid orderId, IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var reservation = await book.OpenAsync(orderId, cancellationToken);
        var now = time.GetUtcNow();
        var until = now + options.Value.HoldFor;

        if (reservation.State == ReservationState.Held && reservation.Lines.SequenceEqual(lines))
        {
            // Whoever is told "held" again may count on the full time again.
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
