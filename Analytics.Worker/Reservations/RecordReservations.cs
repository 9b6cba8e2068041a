using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Reservations;

/// <summary>Records when the stock of orders was reserved, once.</summary>
internal sealed class RecordReservations(AnalyticsDbContext database) : IEventBatchHandler<StockReserved>
{
    public async Task HandleAsync(IReadOnlyList<EventContext<StockReserved>> contexts, CancellationToken cancellationToken)
    {
        var reservations = contexts.Select(c => c.Data).ToArray();
        var recorded = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO reservations (order_id, reserved_at)
            SELECT * FROM unnest(
                {Array.ConvertAll(reservations, r => r.OrderId)},
                {Array.ConvertAll(reservations, r => r.ReservedAt.ToUniversalTime())})
            ON CONFLICT (order_id) DO UPDATE SET reserved_at = excluded.reserved_at WHERE reservations.reserved_at = excluded.reserved_at
            """,
            cancellationToken);
        if (recorded < reservations.Length)
        {
            throw new ContradictoryEventException("reservedAt: the stock was reserved at another time before.");
        }
    }
}
