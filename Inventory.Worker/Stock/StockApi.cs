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
        var stock = routes.MapGroup("/stock/{sku}");
        stock.MapGet("/", GetAsync);
        stock.MapPut("/", PutAsync);
    }

    internal static async Task<Results<Ok<StockItem>, ProblemHttpResult>> GetAsync(
        string sku, InventoryDbContext database, CancellationToken cancellationToken) =>
        await database.Stock.AsNoTracking().SingleOrDefaultAsync(s => s.Sku == sku, cancellationToken) is { } item
            ? TypedResults.Ok(item)
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "Inventory does not know this SKU.");

    internal static async Task<Results<Ok<StockItem>, ProblemHttpResult>> PutAsync(
        string sku, StockLevel level, InventoryDbContext database, CancellationToken cancellationToken)
    {
        var fields = new FieldErrors();
        fields.Require(sku.Length <= StockItem.MaxSkuLength && !string.IsNullOrWhiteSpace(sku), "sku", $"1 to {StockItem.MaxSkuLength} characters.");
        fields.Require(level.Available is >= 0 and <= MaxAvailable, "available", $"A number from 0 to {MaxAvailable}.");
        if (fields.Problem is { } problem)
        {
            return problem;
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
