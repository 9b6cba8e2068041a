using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records an order and what it asked for, in one round trip.</summary>
internal sealed class RecordOrderPlaced(AnalyticsDbContext database) : IEventHandler<OrderPlaced>
{
    public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        var order = context.Data;
        var items = order.Lines.GroupBy(l => l.Sku, StringComparer.Ordinal).Select(sku => (Sku: sku.Key, Quantity: sku.Sum(l => l.Quantity))).ToList();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state, placed_at, currency, total)
            VALUES ({order.OrderId}, {(int)OrderState.Placed}, {order.PlacedAt.ToUniversalTime()}, {order.Currency}, {order.Total})
            ON CONFLICT (order_id) DO UPDATE
            SET placed_at = excluded.placed_at, currency = excluded.currency, total = excluded.total;

            INSERT INTO ordered_items (order_id, sku, quantity)
            SELECT {order.OrderId}, sku, quantity FROM unnest({items.Select(i => i.Sku).ToArray()}, {items.Select(i => i.Quantity).ToArray()}) AS i (sku, quantity)
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
