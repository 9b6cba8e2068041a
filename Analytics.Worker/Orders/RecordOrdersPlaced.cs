using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records orders and their items, in one round trip. A repeated order is compared with the stored one.</summary>
internal sealed class RecordOrdersPlaced(AnalyticsDbContext database) : IEventBatchHandler<OrderPlaced>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
    {
        var orders = contexts.Select(c => c.Data).ToArray();
        var items = PlacedOrders.Items(orders).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state, placed_at, currency, total)
            SELECT order_id, {(int)OrderState.Placed}, placed_at, currency, total FROM unnest(
                {Array.ConvertAll(orders, o => o.OrderId)},
                {Array.ConvertAll(orders, o => o.PlacedAt.ToUniversalTime())},
                {Array.ConvertAll(orders, o => o.Currency)},
                {Array.ConvertAll(orders, o => o.Total)}) AS placed (order_id, placed_at, currency, total)
            ON CONFLICT (order_id) DO UPDATE
            SET placed_at = excluded.placed_at, currency = excluded.currency, total = excluded.total
            WHERE orders.placed_at IS NULL;

            INSERT INTO ordered_items (order_id, sku, quantity)
            SELECT * FROM unnest(
                {Array.ConvertAll(items, i => i.Key.OrderId)},
                {Array.ConvertAll(items, i => i.Key.Sku)},
                {Array.ConvertAll(items, i => i.Value)})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);

        // All rows are new, unless orders are repeated.
        if (recorded < orders.Length + items.Length)
        {
            await PlacedOrders.CompareAsync(database, orders, cancellationToken);
        }
    }
}
