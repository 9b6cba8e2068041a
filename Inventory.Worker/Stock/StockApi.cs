using System.Text.Json.Nodes;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Lists;
using EventDriven.ServiceDefaults.Http.Reference;
using Inventory.Worker.Database;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Inventory.Worker.Stock;

/// <summary>What is in stock, by SKU.</summary>
internal static class StockApi
{
    private const int MaxAvailable = 1_000_000_000;

    public static void MapStock(this IEndpointRouteBuilder routes)
    {
        var stock = routes.MapGroup("/stock").WithTags("Stock");
        stock.MapGet("/", ListAsync)
            .WithName("ListStock")
            .WithSummary("What is in stock, by SKU.")
            .RequireAuthorization(Scopes.StockRead)
            .WithDescription($"`after` is a SKU, and the page begins behind it. {Pages.Description}")
            .ProducesProblems(400, 422, 503)
            .WithExample(ApiExample.Of("limit", "5"));
        stock.MapGet("/{sku}", GetAsync)
            .WithName("GetStock")
            .WithSummary("How much there is of one SKU.")
            .RequireAuthorization(Scopes.StockRead)
            .ProducesProblems(404, 503)
            .WithExample(ApiExample.Of("sku", "mug-blue"));
        stock.MapPut("/{sku}", PutAsync)
            .WithName("SetStock")
            .WithSummary("Says how many can be reserved from now on; a new SKU comes into being.")
            .RequireAuthorization(Scopes.StockWrite)
            .ProducesProblems(400, 413, 415, 422, 503)
            .WithExample(ApiExample.Of("sku", "mug-blue", new JsonObject { ["available"] = 1_000 }));
    }

    internal static async Task<Results<Ok<Page<StockItem>>, ProblemHttpResult>> ListAsync(
        string? after, int? limit, HttpContext http, InventoryDbContext database, CancellationToken cancellationToken)
    {
        if (!Pages.TryLimit(limit, out var pageSize, out var problem))
        {
            return problem;
        }

        IQueryable<StockItem> items = database.Stock.AsNoTracking();
        if (!string.IsNullOrEmpty(after))
        {
            if (!StockItem.IsSku(after))
            {
                return Problems.Unprocessable("after", StockItem.SkuRule);
            }

            items = items.Where(s => string.Compare(s.Sku, after) > 0);
        }

        return Pages.Of(
            http, await items.OrderBy(s => s.Sku).Take(pageSize + 1).ToListAsync(cancellationToken), pageSize, item => item.Sku);
    }

    internal static async Task<Results<Ok<StockItem>, ProblemHttpResult>> GetAsync(
        string sku, InventoryDbContext database, CancellationToken cancellationToken) =>
        StockItem.IsSku(sku) && await database.Stock.AsNoTracking().SingleOrDefaultAsync(s => s.Sku == sku, cancellationToken) is { } item
            ? TypedResults.Ok(item)
            : Problems.NotFound("sku", "Inventory does not know this SKU.");

    internal static async Task<Results<Ok<StockItem>, ProblemHttpResult>> PutAsync(
        string sku, StockLevel level, InventoryDbContext database, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(StockItem.IsSku(sku), "sku", StockItem.SkuRule);
        errors.Require(level.Available is >= 0 and <= MaxAvailable, "available", $"A number from 0 to {MaxAvailable}.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stock (sku, available, reserved) VALUES ({sku}, {level.Available}, 0)
            ON CONFLICT (sku) DO UPDATE SET available = excluded.available
            """,
            cancellationToken);
        return await GetAsync(sku, database, cancellationToken);
    }
}
