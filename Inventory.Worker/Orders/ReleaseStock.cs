using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Orders;

/// <summary>
/// Releases the stock of cancelled orders, once. An unknown order is recorded as cancelled, so that nothing is reserved for it later.
/// </summary>
internal sealed class ReleaseStock(
    ReservationBook book, StockLedger stock, IOutbox outbox, TimeProvider time) : IEventBatchHandler<OrderCancelled>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<OrderCancelled>> contexts, CancellationToken cancellationToken)
    {
        var reservations = await book.OpenAsync(contexts.Select(c => c.Data.OrderId), cancellationToken);
        var sheet = await stock.OpenAsync(reservations.Values.SelectMany(r => r.Lines).Select(line => line.Sku), cancellationToken);
        foreach (var context in contexts)
        {
            using var entered = context.Enter();
            Release(reservations[context.Data.OrderId], sheet);
        }

        await stock.WriteAsync(sheet, cancellationToken);
    }

    private void Release(Reservation reservation, StockSheet sheet)
    {
        var now = time.GetUtcNow();
        switch (reservation.State)
        {
            case ReservationState.Reserved:
                sheet.GiveBack(reservation.Lines);
                reservation.Release(now);
                outbox.Add(new StockReleased(reservation.OrderId, reservation.Lines, now), now);
                break;

            case ReservationState.Held:
                sheet.GiveBack(reservation.Lines);
                reservation.Cancel(now);
                break;

            case ReservationState.Open or ReservationState.Rejected or ReservationState.Released when !reservation.Placed:
                reservation.Cancel(now);
                break;
        }
    }
}
