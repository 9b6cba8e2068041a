using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Orders.Watching;
using EventDriven.Messaging;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>
/// Rejects an order whose stock can't be held. An order that was confirmed on a hold that has expired since is cancelled; an order that was
/// cancelled meanwhile stays cancelled. Payments are refunded.
/// </summary>
internal sealed class RejectOrder(
    CheckoutDbContext database, IOutbox outbox, OrderChanges changes, RefundSignal refunds,
    TimeProvider time) : IEventHandler<StockRejected>
{
    public async Task HandleAsync(EventContext<StockRejected> context, CancellationToken cancellationToken)
    {
        var id = context.Data.OrderId;
        var order = await database.LockOrderAsync(id, cancellationToken) ?? throw new UnknownOrderException(id);
        string[] skus = [.. context.Data.Shortages.Select(s => s.Sku)];
        RequireNoContradiction(order, skus);
        var now = time.GetUtcTimestamp();
        if (order.Reject(skus, now) is { } rejected)
        {
            outbox.Add(rejected, rejected.RejectedAt);
        }
        else if (order.LoseStock(now) is { } cancelled)
        {
            outbox.Add(cancelled, cancelled.CancelledAt);
        }
        else
        {
            return;
        }

        context.OnCommitted(() =>
        {
            changes.Announce(id);
            refunds.Set();
        });
    }

    private static void RequireNoContradiction(Order order, string[] skus)
    {
        if (order.WasReserved)
        {
            throw new ContradictoryEventException("Stock was said to be held for this order before.");
        }

        if (order.RejectedSkus is { } before && !before.ToHashSet(StringComparer.Ordinal).SetEquals(skus))
        {
            throw new ContradictoryEventException("shortages: other SKUs were said to be missing before.");
        }
    }
}
