using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records final states of orders. A rejected order is neither confirmed nor cancelled.</summary>
internal static class OrderEnds
{
    /// <summary>Records a final state.</summary>
    /// <param name="database">The transaction of the events.</param>
    /// <param name="orderIds">The orders, each once.</param>
    /// <param name="end">The final state.</param>
    /// <param name="excluded">States that contradict it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="ContradictoryEventException">An order has one of the excluded states.</exception>
    public static async Task RecordAsync(
        AnalyticsDbContext database, Guid[] orderIds, OrderState end, OrderState[] excluded, CancellationToken cancellationToken)
    {
        var states = Array.ConvertAll(excluded, state => (int)state);
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (order_id, state) SELECT order_id, {(int)end} FROM unnest({orderIds}) AS order_id
            ON CONFLICT (order_id) DO UPDATE SET state = GREATEST(orders.state, excluded.state) WHERE NOT orders.state = ANY ({states})
            """,
            cancellationToken);
        if (recorded < orderIds.Length)
        {
            throw new ContradictoryEventException($"The order can't be {end}: another end of it was told before.");
        }
    }
}
