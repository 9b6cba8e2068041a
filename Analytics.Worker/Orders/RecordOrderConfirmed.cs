using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Records when an order was confirmed, also one that was cancelled afterwards.</summary>
internal sealed class RecordOrderConfirmed(AnalyticsDbContext database) : IEventHandler<OrderConfirmed>
{
    public Task HandleAsync(EventContext<OrderConfirmed> context, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO orders (order_id, state, confirmed_at)
        VALUES ({context.Data.OrderId}, {(int)OrderState.Confirmed}, {context.Data.ConfirmedAt.ToUniversalTime()})
        ON CONFLICT (order_id) DO UPDATE
        SET state = GREATEST(orders.state, excluded.state), confirmed_at = excluded.confirmed_at
        """,
        cancellationToken);
}
