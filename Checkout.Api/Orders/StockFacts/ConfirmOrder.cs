using Checkout.Api.Database;
using Checkout.Api.Orders.Watching;
using EventDriven.Messaging;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>
/// Confirms orders whose stock is held, except those that were cancelled meanwhile or confirmed at once. For each order, Inventory
/// announces one result: held or not held.
/// </summary>
internal sealed class ConfirmOrder(CheckoutDbContext database, IOutbox outbox, OrderChanges changes, TimeProvider time)
    : IEventBatchHandler<StockReserved>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<StockReserved>> contexts, CancellationToken cancellationToken)
    {
        var orders = await database.LockOrdersAsync(contexts.Select(context => context.Data.OrderId), cancellationToken);
        foreach (var context in contexts)
        {
            var id = context.Data.OrderId;
            var order = orders.GetValueOrDefault(id) ?? throw new UnknownOrderException(id);
            if (order.State == OrderState.Rejected)
            {
                throw new ContradictoryEventException("Stock was said to be missing for this order before.");
            }

            using var entered = context.Enter();
            if (order.Confirm(time.GetUtcTimestamp()) is { } confirmed)
            {
                outbox.Add(confirmed, confirmed.ConfirmedAt);
                context.OnCommitted(() => changes.Announce(id));
            }
        }
    }
}
