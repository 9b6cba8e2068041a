using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Reservations;

/// <summary>Finds the reservation of an order, or opens one.</summary>
internal sealed class ReservationBook(InventoryDbContext database, TimeProvider time)
{
    /// <summary>Locks the order's reservation until the end of the caller's transaction; a new one is <see cref="ReservationState.Open"/>.</summary>
    public async Task<Reservation> OpenAsync(Guid orderId, CancellationToken cancellationToken)
    {
        // One statement for both cases: it waits for whoever is deciding about the order and returns the row as it is then.
        var rows = await database.Reservations
            .FromSql(
                $$"""
                INSERT INTO reservations (order_id, state, placed, changed_at, skus, quantities, short_skus)
                VALUES ({{orderId}}, 'Open', false, {{time.GetUtcNow()}}, '{}', '{}', '{}')
                ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id
                RETURNING *
                """)
            .ToListAsync(cancellationToken);
        return rows[0];
    }
}
