using Checkout.Api.Database;
using Checkout.Api.Orders.Paying;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders;

/// <summary>Reads orders.</summary>
internal static class OrderQueries
{
    /// <summary>
    /// The order with its history and payments, to be changed by this transaction and no other until its end; null when there is none. Whoever changes
    /// an order takes it like this: of two changes one is first, and neither fails for the other's sake.
    /// </summary>
    public static async Task<Order?> LockOrderAsync(this CheckoutDbContext database, Guid id, CancellationToken cancellationToken)
    {
        await database.LockAsync([id], cancellationToken);
        return await database.WithHistory().Include(o => o.Payments).ThenInclude(p => p.Refund).AsSingleQuery()
            .SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
    }

    /// <summary>The same for several orders, without their payments; those that there are.</summary>
    public static async Task<Dictionary<Guid, Order>> LockOrdersAsync(
        this CheckoutDbContext database, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToArray();
        await database.LockAsync(wanted, cancellationToken);
        return await database.WithHistory().Where(o => wanted.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
    }

    /// <summary>The order as it is answered; null when there is none.</summary>
    public static async Task<OrderAnswer?> FindAnswerAsync(this CheckoutDbContext database, Guid id, CancellationToken cancellationToken) =>
        await database.ReadAnswersAsync(database.Orders.Where(o => o.Id == id), cancellationToken) is [var answer] ? answer : null;

    /// <summary>Orders as they are answered, in one statement, so that state and history belong together.</summary>
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
                Owed = o.Payments.Where(p => p.Refusal == null && p.Refund != null && p.Refund.State != RefundState.Refunded).Sum(p => p.Amount),
            })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(f => OrderAnswer.Of(f.Order, f.PaidAt, f.Owed, f.Refunded));
    }

    // A statement of its own: the next one's snapshot has what the transaction that held the lock before has committed. In an order that all transactions
    // have, so that two that lock the same ones can't wait for one another.
    private static Task<int> LockAsync(this CheckoutDbContext database, Guid[] ids, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"SELECT FROM orders WHERE id = ANY({ids}) ORDER BY id FOR NO KEY UPDATE", cancellationToken);

    private static IQueryable<Order> WithHistory(this CheckoutDbContext database) => database.Orders.Include(o => o.History.OrderBy(s => s.Number));
}
