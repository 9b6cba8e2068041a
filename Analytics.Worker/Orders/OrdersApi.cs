using Analytics.Worker.Database;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Figures about orders.</summary>
internal static class OrdersApi
{
    private const int DefaultLimit = 10;
    private const int MaxLimit = 100;

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/orders-by-state", GetByStateAsync)
            .WithName("GetOrdersByState")
            .WithSummary("How many orders there are in each state.")
            .ProducesProblems(503);
        routes.MapGet("/orders/{orderId:guid}", GetOrderAsync)
            .WithName("GetOrderFigures")
            .WithSummary("An order's way, from all topics.")
            .ProducesProblems(404, 503)
            .WithExample(OrderExamples.NewestAsync);
        routes.MapGet("/top-skus", GetTopSkusAsync)
            .WithName("GetTopSkus")
            .WithSummary("What is ordered most.")
            .WithDescription($"`limit` is how many SKUs, 1 to {MaxLimit} ({DefaultLimit} unless given); `take` is its former name.")
            .ProducesProblems(400, 422, 503)
            .WithExample(ApiExample.Of("limit", "5"));
        routes.MapGet("/time-to-confirm", GetTimeToConfirmAsync)
            .WithName("GetTimeToConfirm")
            .WithSummary("How long orders took to be confirmed.")
            .ProducesProblems(503);
    }

    internal static async Task<Ok<Dictionary<string, long>>> GetByStateAsync(
        AnalyticsDbContext database, CancellationToken cancellationToken)
    {
        var counts = await database.Orders
            .GroupBy(o => o.State)
            .Select(state => new { State = state.Key, Count = state.LongCount() })
            .ToDictionaryAsync(s => s.State, s => s.Count, cancellationToken);
        return TypedResults.Ok(
            Enum.GetValues<OrderState>().ToDictionary(s => s.ToString(), counts.GetValueOrDefault, StringComparer.Ordinal));
    }

    /// <summary>404.</summary>
    internal static ProblemHttpResult Unknown() => Problems.NotFound("orderId", "Analytics has not heard of this order.");

    internal static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> GetOrderAsync(
        Guid orderId, AnalyticsDbContext database, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var answer = await database.Orders
            .Where(o => o.OrderId == orderId)
            .Select(o => new OrderAnswer(
                o.OrderId,
                o.State.ToString(),
                o.PlacedAt,
                o.ConfirmedAt,
                database.Reservations.Where(r => r.OrderId == orderId).Min(r => (DateTimeOffset?)r.ReservedAt),
                database.Payments.Where(p => p.OrderId == orderId).Min(p => (DateTimeOffset?)p.CapturedAt),
                o.Currency,
                o.Total,
                database.Payments.Where(p => p.OrderId == orderId).Sum(p => p.Amount),
                database.Payments.Where(p => p.OrderId == orderId).Join(
                    database.Refunds,
                    p => new { p.OrderId, p.ProviderReference },
                    r => new { r.OrderId, r.ProviderReference },
                    (_, r) => r.Amount).Sum()))
            .SingleOrDefaultAsync(cancellationToken);
        return answer is not null
            ? TypedResults.Ok(answer with { Links = OrderLinks.Of(orderId, configuration) })
            : Unknown();
    }

    internal static async Task<Results<Ok<List<SkuFigures>>, ProblemHttpResult>> GetTopSkusAsync(
        int? limit, int? take, AnalyticsDbContext database, CancellationToken cancellationToken)
    {
        var count = limit ?? take ?? DefaultLimit;
        if (count is < 1 or > MaxLimit)
        {
            return Problems.Unprocessable("limit", $"A number from 1 to {MaxLimit}.");
        }

        return TypedResults.Ok(await database.OrderedItems
            .GroupBy(i => i.Sku)
            .Select(sku => new { Sku = sku.Key, Quantity = sku.Sum(i => (long)i.Quantity), Orders = sku.LongCount() })
            .OrderByDescending(s => s.Quantity).ThenBy(s => s.Sku)
            .Take(count)
            .Select(s => new SkuFigures(s.Sku, s.Quantity, s.Orders))
            .ToListAsync(cancellationToken));
    }

    internal static async Task<Ok<ConfirmFigures>> GetTimeToConfirmAsync(AnalyticsDbContext database, CancellationToken cancellationToken)
    {
        var figures = await database.Database.SqlQuery<ConfirmFigures>(
            $"""
            SELECT count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50ms,
                percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99ms
            FROM (
                SELECT (extract(epoch FROM confirmed_at - placed_at) * 1000)::double precision AS ms
                FROM orders WHERE confirmed_at IS NOT NULL AND placed_at IS NOT NULL) AS confirmed
            """).ToListAsync(cancellationToken);
        return TypedResults.Ok(figures[0]);
    }
}
