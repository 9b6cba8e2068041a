using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders;

/// <summary>Reads orders.</summary>
internal static class OrderQueries
{
    /// <summary>The order with its history, to be changed; null when there is none.</summary>
    public static Task<Order?> LoadOrderAsync(this CheckoutDbContext database, Guid id, CancellationToken cancellationToken) =>
        database.WithHistory().SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

    /// <summary>The same for several orders; those that there are.</summary>
    public static Task<Dictionary<Guid, Order>> LoadOrdersAsync(
        this CheckoutDbContext database, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.Distinct().ToArray();
        return database.WithHistory().Where(o => wanted.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
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
                PaidAt = database.Payments.Where(p => p.OrderId == o.Id).Min(p => (DateTimeOffset?)p.CapturedAt),
            })
            .ToListAsync(cancellationToken);
        return found.ConvertAll(f => OrderAnswer.Of(f.Order, f.PaidAt));
    }

    private static IQueryable<Order> WithHistory(this CheckoutDbContext database) => database.Orders.Include(o => o.History.OrderBy(s => s.Number));
}
