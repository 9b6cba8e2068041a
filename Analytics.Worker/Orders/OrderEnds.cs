using Analytics.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records that orders have come to their end.</summary>
internal static class OrderEnds
{
    public static Task<int> RecordAsync(AnalyticsDbContext database, Guid[] orderIds, OrderState end, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state) SELECT order_id, {(int)end} FROM unnest({orderIds}) AS order_id
            ON CONFLICT (order_id) DO UPDATE SET state = GREATEST(orders.state, excluded.state)
            """,
            cancellationToken);
}
