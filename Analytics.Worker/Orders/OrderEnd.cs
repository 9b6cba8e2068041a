using Analytics.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records that an order has come to its end.</summary>
internal static class OrderEnd
{
    public static Task<int> RecordAsync(AnalyticsDbContext database, Guid orderId, OrderState end, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state) VALUES ({orderId}, {(int)end})
            ON CONFLICT (order_id) DO UPDATE SET state = GREATEST(orders.state, excluded.state)
            """,
            cancellationToken);
}
