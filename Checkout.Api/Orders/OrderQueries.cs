using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders;

/// <summary>Reads orders.</summary>
internal static class OrderQueries
{
    /// <summary>
    /// The order with its history and payments, locked until the transaction ends; null if there is none. Every change of an order reads it
    /// like this, so that concurrent changes wait for one another instead of failing.
    /// </summary>
    public static async Task<Order?> LockOrderAsync(this CheckoutDbContext database, Guid id, CancellationToken cancellationToken)
    {
        await database.LockAsync([id], cancellationToken);
        return await database.WithHistory().Include(o => o.Payments).ThenInclude(p => p.Refund).AsSingleQuery()
            .SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
    }

    /// <summary>Locks several orders and reads them without their payments; missing ones are left out.</summary>
    public static async Task<Dictionary<Guid, Order>> LockOrdersAsync(
        this CheckoutDbContext database, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToArray();
        await database.LockAsync(wanted, cancellationToken);
        return await database.WithHistory().Where(o => wanted.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
    }

    /// <summary>The order as the API returns it; null if there is none.</summary>
    public static async Task<OrderAnswer?> FindAnswerAsync(this CheckoutDbContext database, Guid id, CancellationToken cancellationToken) =>
        await database.ReadAnswersAsync(database.Orders.Where(o => o.Id == id), cancellationToken) is [var answer] ? answer : null;

    /// <summary>Orders as the API returns them, read in one statement so that state and history agree.</summary>
    public static async Task<List<OrderAnswer>> ReadAnswersAsync(
        this CheckoutDbContext database, IQueryable<Order> orders, CancellationToken cancellationToken)
    {
        var found = await orders
            .AsNoTracking()
            .AsSingleQuery()
            .Include(o => o.History)
            .Select(o => new
            {
                Order = o,
                PaidAt = o.Payments.Where(p => p.Refusal == null).Min(p => (DateTimeOffset?)p.CapturedAt),
                Refunded = o.Payments.Where(p => p.Refusal == null && p.Refund!.State == RefundState.Refunded).Sum(p => p.Amount),
                Owed = o.Payments.Where(p => p.Refusal == null && p.Refund != null && p.Refund.State != RefundState.Refunded)
                    .Sum(p => p.Amount),
            })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(f => OrderAnswer.Of(f.Order, f.PaidAt, f.Owed, f.Refunded));
    }

    // Locking is a separate statement, so that the next one's snapshot includes what the previous lock holder committed. All transactions
    // lock in the same order, so that they can't deadlock.
    private static Task<int> LockAsync(this CheckoutDbContext database, Guid[] ids, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"SELECT FROM orders WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE", cancellationToken);

    private static IQueryable<Order> WithHistory(this CheckoutDbContext database) =>
        database.Orders.Include(o => o.History.OrderBy(s => s.Number));
}
