using Checkout.Api.Database;
using Checkout.Api.Orders.Watching;
using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Outbox;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>Stock is held: the order is confirmed, unless it was cancelled meanwhile or confirmed at once.</summary>
internal sealed class ConfirmOrder(CheckoutDbContext database, IOutbox outbox, OrderChanges changes, TimeProvider time)
    : IEventHandler<StockReserved>
{
    public async Task HandleAsync(EventContext<StockReserved> context, CancellationToken cancellationToken)
    {
        var id = context.Data.OrderId;
        var order = await database.LoadOrderAsync(id, cancellationToken) ?? throw new UnknownOrderException(id);
        if (order.Confirm(time.GetUtcTimestamp()) is { } confirmed)
        {
            outbox.Add(confirmed, confirmed.ConfirmedAt);
            context.OnCommitted(() => changes.Announce(id));
        }
    }
}
