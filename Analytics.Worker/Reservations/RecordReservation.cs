using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Reservations;

/// <summary>Records when an order's stock was reserved.</summary>
internal sealed class RecordReservation(AnalyticsDbContext database) : IEventHandler<StockReserved>
{
    public Task HandleAsync(EventContext<StockReserved> context, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO reservations (order_id, reserved_at) VALUES ({context.Data.OrderId}, {context.Data.ReservedAt.ToUniversalTime()})
        ON CONFLICT DO NOTHING
        """,
        cancellationToken);
}
