using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Reservations;

/// <summary>Finds the reservations of orders, or opens them.</summary>
internal sealed class ReservationBook(InventoryDbContext database, TimeProvider time)
{
    /// <summary>Locks the order's reservation until the end of the caller's transaction; a new one is <see cref="ReservationState.Open"/>.</summary>
    public async Task<Reservation> OpenAsync(Guid orderId, CancellationToken cancellationToken) =>
        (await OpenAsync([orderId], cancellationToken))[orderId];

    /// <summary>The same for several orders; locked in the order of their ids, so that callers wait for one another instead of deadlocking.</summary>
    public Task<Dictionary<Guid, Reservation>> OpenAsync(IEnumerable<Guid> orderIds, CancellationToken cancellationToken)
    {
        // One statement for both cases: it waits for whoever is deciding about an order and returns the row as it is then.
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
