using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records orders and what they asked for, in one round trip.</summary>
internal sealed class RecordOrdersPlaced(AnalyticsDbContext database) : IEventBatchHandler<OrderPlaced>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
    {
        var orders = contexts.Select(c => c.Data).ToArray();
        var items = orders.SelectMany(o => o.Lines, (order, line) => (order.OrderId, line.Sku, line.Quantity)).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state, placed_at, currency, total)
            SELECT order_id, {(int)OrderState.Placed}, placed_at, currency, total FROM unnest(
                {Array.ConvertAll(orders, o => o.OrderId)},
                {Array.ConvertAll(orders, o => o.PlacedAt.ToUniversalTime())},
                {Array.ConvertAll(orders, o => o.Currency)},
                {Array.ConvertAll(orders, o => o.Total)}) AS placed (order_id, placed_at, currency, total)
            ON CONFLICT (order_id) DO UPDATE
            SET placed_at = excluded.placed_at, currency = excluded.currency, total = excluded.total;

            INSERT INTO ordered_items (order_id, sku, quantity)
            SELECT order_id, sku, sum(quantity) FROM unnest(
                {Array.ConvertAll(items, i => i.OrderId)},
                {Array.ConvertAll(items, i => i.Sku)},
                {Array.ConvertAll(items, i => i.Quantity)}) AS item (order_id, sku, quantity)
            GROUP BY order_id, sku
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
