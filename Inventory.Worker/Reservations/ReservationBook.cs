using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Reservations;

/// <summary>Finds or creates the reservations of orders.</summary>
internal sealed class ReservationBook(InventoryDbContext database, TimeProvider time)
{
    /// <summary>
    /// Locks the order's reservation until the end of the caller's transaction; a new one is <see cref="ReservationState.Open"/>.
    /// </summary>
    public async Task<Reservation> OpenAsync(Guid orderId, CancellationToken cancellationToken) =>
        (await OpenAsync([orderId], cancellationToken))[orderId];

    /// <summary>
    /// Locks the reservations of several orders, sorted by id so that callers wait for one another instead of deadlocking.
    /// </summary>
    public Task<Dictionary<Guid, Reservation>> OpenAsync(IEnumerable<Guid> orderIds, CancellationToken cancellationToken)
    {
        // One statement for both cases: it waits for a transaction that has locked the row and returns the row as it is afterwards.
        var ids = orderIds.Distinct().Order().ToArray();
        return database.Reservations
            .FromSql(
                $$"""
                INSERT INTO reservations (order_id, state, placed, changed_at, skus, quantities, short_skus)
                SELECT id, 'Open', false, {{time.GetUtcNow()}}, '{}', '{}', '{}' FROM unnest({{ids}}) AS id
                ON CONFLICT (order_id) DO UPDATE SET order_id = excluded.order_id
                RETURNING *
                """)
            .AsAsyncEnumerable()
            .ToDictionaryAsync(r => r.OrderId, null, cancellationToken).AsTask();
    }
}
