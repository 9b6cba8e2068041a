using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recommendations.Worker.Database;

namespace Recommendations.Worker.Baskets;

/// <summary>Recommendations by SKU.</summary>
internal static class RecommendationsApi
{
    private const int DefaultLimit = 5;
    private const int MaxLimit = 50;

    public static void MapRecommendations(this IEndpointRouteBuilder routes) => routes.MapGet("/recommendations/{sku}", GetAsync)
        .WithTags("Recommendations")
        .WithName("GetRecommendations")
        .RequireAuthorization(Scopes.AnalyticsRead)
        .WithSummary("The SKUs that are most often ordered together with this one.")
        .WithDescription($"`limit` is how many of them, 1 to {MaxLimit} ({DefaultLimit} unless given).")
        .ProducesProblems(400, 422, 503)
        .WithExample(ApiExample.Of("sku", "mug-blue"));

    internal static async Task<Results<Ok<List<Recommendation>>, ProblemHttpResult>> GetAsync(
        string sku, int? limit, RecommendationsDbContext database, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return Problems.Unprocessable("limit", $"Must be a number from 1 to {MaxLimit}.");
        }

        return TypedResults.Ok(await database.BasketItems
            .Where(item => item.Sku == sku)
            .Join(database.BasketItems.Where(other => other.Sku != sku), item => item.OrderId, other => other.OrderId,
                (_, other) => other.Sku)
            .GroupBy(other => other)
            .Select(other => new { Sku = other.Key, Together = other.Count() })
            .OrderByDescending(other => other.Together).ThenBy(other => other.Sku)
            .Take(limit ?? DefaultLimit)
            .Select(other => new Recommendation(other.Sku, other.Together))
            .ToListAsync(cancellationToken));
    }
}
