using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records when orders were confirmed, also those that were cancelled afterwards.</summary>
internal sealed class RecordOrdersConfirmed(AnalyticsDbContext database) : IEventBatchHandler<OrderConfirmed>
{
    public Task HandleAsync(IReadOnlyList<EventContext<OrderConfirmed>> contexts, CancellationToken cancellationToken)
    {
        var orders = contexts.Select(c => c.Data).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state, confirmed_at)
            SELECT order_id, {(int)OrderState.Confirmed}, confirmed_at FROM unnest(
                {Array.ConvertAll(orders, o => o.OrderId)},
                {Array.ConvertAll(orders, o => o.ConfirmedAt.ToUniversalTime())}) AS confirmed (order_id, confirmed_at)
            ON CONFLICT (order_id) DO UPDATE
            SET state = GREATEST(orders.state, excluded.state), confirmed_at = excluded.confirmed_at
            """,
            cancellationToken);
    }
}
