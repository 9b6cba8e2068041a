using EventDriven.Contracts.Inventory;
using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Outbox;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Orders;

/// <summary>
/// An order was cancelled: gives its stock back, once. An order of which nothing is known is remembered as cancelled, so that nothing is
/// ever reserved for it.
/// </summary>
internal sealed class ReleaseStock(ReservationBook book, StockLedger stock, IOutbox outbox, TimeProvider time) : IEventHandler<OrderCancelled>
{
    public async Task HandleAsync(EventContext<OrderCancelled> context, CancellationToken cancellationToken)
    {
        var reservation = await book.OpenAsync(context.Data.OrderId, cancellationToken);
        var now = time.GetUtcNow();
        switch (reservation.State)
        {
            case ReservationState.Reserved:
                await stock.GiveBackAsync(reservation.Lines, cancellationToken);
                reservation.Release(now);
                outbox.Add(new StockReleased(reservation.OrderId, reservation.Lines, now), now);
                break;

            case ReservationState.Held:
                await stock.GiveBackAsync(reservation.Lines, cancellationToken);
                reservation.Cancel(now);
                break;

            case ReservationState.Open or ReservationState.Rejected or ReservationState.Released when !reservation.Placed:
                reservation.Cancel(now);
                break;
        }
    }
}
