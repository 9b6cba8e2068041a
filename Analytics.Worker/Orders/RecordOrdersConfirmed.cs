using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records when orders were confirmed, once, including those that were cancelled afterwards.</summary>
internal sealed class RecordOrdersConfirmed(AnalyticsDbContext database) : IEventBatchHandler<OrderConfirmed>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<OrderConfirmed>> contexts, CancellationToken cancellationToken)
    {
        var orders = contexts.Select(c => c.Data).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state, confirmed_at)
            SELECT order_id, {(int)OrderState.Confirmed}, confirmed_at FROM unnest(
                {Array.ConvertAll(orders, o => o.OrderId)},
                {Array.ConvertAll(orders, o => o.ConfirmedAt.ToUniversalTime())}) AS confirmed (order_id, confirmed_at)
            ON CONFLICT (order_id) DO UPDATE
            SET state = GREATEST(orders.state, excluded.state), confirmed_at = excluded.confirmed_at
            WHERE orders.state <> {(int)OrderState.Rejected}
                AND (orders.confirmed_at IS NULL OR orders.confirmed_at = excluded.confirmed_at)
            """,
            cancellationToken);
        if (recorded < orders.Length)
        {
            throw new ContradictoryEventException("confirmedAt: the order was rejected, or confirmed at another time, before.");
        }
    }
}
