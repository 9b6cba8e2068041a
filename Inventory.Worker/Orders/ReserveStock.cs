using EventDriven.Contracts.Inventory;
using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Outbox;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Orders;

/// <summary>An order was placed: reserves all of its lines or none, and says which.</summary>
internal sealed class ReserveStock(ReservationBook book, StockLedger stock, IOutbox outbox, TimeProvider time) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        var reservation = await book.OpenAsync(context.Data.OrderId, cancellationToken);
        if (reservation.Placed || reservation.State == ReservationState.Cancelled)
        {
            return;
        }

        var lines = StockLines.Sum(context.Data.Lines.Select(l => new StockLine(l.Sku, l.Quantity)));
        var shortages = await TakeAsync(reservation, lines, cancellationToken);
        var now = time.GetUtcNow();
        if (shortages.Count == 0)
        {
            reservation.Reserve(lines, now);
            outbox.Add(new StockReserved(reservation.OrderId, lines, now), now);
        }
        else
        {
            reservation.Reject(lines, shortages, placed: true, now);
            outbox.Add(new StockRejected(reservation.OrderId, shortages, now), now);
        }
    }

    private async Task<IReadOnlyList<StockShortage>> TakeAsync(
        Reservation reservation, IReadOnlyList<StockLine> lines, CancellationToken cancellationToken)
    {
        if (reservation.State == ReservationState.Held)
        {
            if (reservation.Lines.SequenceEqual(lines))
            {
                return [];
            }

            // The order is what was placed, not what was asked about before.
            await stock.GiveBackAsync(reservation.Lines, cancellationToken);
        }

        return await stock.TakeAsync(lines, cancellationToken);
    }
}
