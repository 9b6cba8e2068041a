using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recommendations.Worker.Database;

namespace Recommendations.Worker.Baskets;

/// <summary>What else to buy.</summary>
internal static class RecommendationsApi
{
    private const int Take = 5;

    public static void MapRecommendations(this IEndpointRouteBuilder routes) => routes.MapGet("/recommendations/{sku}", GetAsync);

    internal static async Task<Ok<List<Recommendation>>> GetAsync(
        string sku, RecommendationsDbContext database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.BasketItems
            .Where(item => item.Sku == sku)
            .Join(database.BasketItems.Where(other => other.Sku != sku), item => item.OrderId, other => other.OrderId, (_, other) => other.Sku)
            .GroupBy(other => other)
            .Select(other => new { Sku = other.Key, Together = other.Count() })
            .OrderByDescending(other => other.Together).ThenBy(other => other.Sku)
            .Take(Take)
            .Select(other => new Recommendation(other.Sku, other.Together))
            .ToListAsync(cancellationToken));
}
