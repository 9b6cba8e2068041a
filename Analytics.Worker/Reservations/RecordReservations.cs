using Analytics.Worker.Database;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Reservations;

/// <summary>Records when orders' stock was reserved.</summary>
internal sealed class RecordReservations(AnalyticsDbContext database) : IEventBatchHandler<StockReserved>
{
    public Task HandleAsync(IReadOnlyList<EventContext<StockReserved>> contexts, CancellationToken cancellationToken)
    {
        var reservations = contexts.Select(c => c.Data).ToArray();
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO reservations (order_id, reserved_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(reservations, r => r.OrderId)},
                {Array.ConvertAll(reservations, r => r.ReservedAt.ToUniversalTime())})
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
    }
}
