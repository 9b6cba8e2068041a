using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Orders;

/// <summary>
/// Reserves the stock of placed orders: all lines of an order or none. Waiting orders are decided together on the same locked stock,
/// because orders want the same few rows and would otherwise wait for one another's commit.
/// </summary>
internal sealed class ReserveStock(
    ReservationBook book, StockLedger stock, IOutbox outbox, TimeProvider time) : IEventBatchHandler<OrderPlaced>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
    {
        var reservations = await book.OpenAsync(contexts.Select(c => c.Data.OrderId), cancellationToken);
        var orders = contexts
            .Select(context => (Context: context, Reservation: reservations[context.Data.OrderId], Lines: Lines(context.Data)))
            .ToList();
        var sheet = await stock.OpenAsync(
            orders.Where(IsUndecided).SelectMany(order => order.Lines.Concat(order.Reservation.Lines)).Select(line => line.Sku),
            cancellationToken);
        foreach (var order in orders)
        {
            // This includes an order that is repeated within the batch.
            if (IsUndecided(order))
            {
                using var entered = order.Context.Enter();
                Decide(order.Reservation, order.Lines, sheet);
            }
            else if (order.Reservation.Placed && !order.Reservation.Lines.SequenceEqual(order.Lines))
            {
                throw new ContradictoryEventException("lines: the order was placed with other ones before.");
            }
        }

        await stock.WriteAsync(sheet, cancellationToken);
    }

    private static bool IsUndecided((EventContext<OrderPlaced> Context, Reservation Reservation, IReadOnlyList<StockLine> Lines) order) =>
        !order.Reservation.Placed && order.Reservation.State != ReservationState.Cancelled;

    private static IReadOnlyList<StockLine> Lines(OrderPlaced order) =>
        StockLines.Sum(order.Lines.Select(l => new StockLine(l.Sku, l.Quantity)));

    private void Decide(Reservation reservation, IReadOnlyList<StockLine> lines, StockSheet sheet)
    {
        var shortages = Take(reservation, lines, sheet);
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

    private static IReadOnlyList<StockShortage> Take(Reservation reservation, IReadOnlyList<StockLine> lines, StockSheet sheet)
    {
        if (reservation.State == ReservationState.Held)
        {
            if (reservation.Lines.SequenceEqual(lines))
            {
                return [];
            }

            // The placed order counts, not an earlier hold.
            sheet.GiveBack(reservation.Lines);
        }

        return sheet.Take(lines);
    }
}
