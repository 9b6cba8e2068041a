using EventDriven.ServiceDefaults.Http.Lists;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Catalogue;

/// <summary><c>GET /products</c>.</summary>
internal static class ProductEndpoints
{
    private static readonly ProductAnswer[] Products =
    [
        .. PriceList.Skus.Order(StringComparer.Ordinal).Select(sku => new ProductAnswer(
            sku, PriceList.Currencies.ToDictionary(
                currency => currency, currency => PriceList.Find(sku, currency)!.Value, StringComparer.Ordinal))),
    ];

    public static WebApplication MapProducts(this WebApplication app)
    {
        app.MapGet("/products", List)
            .RequireAuthorization()
            .WithTags("Products")
            .WithName("ListProducts")
            .WithSummary("What is sold, with the price of one in each currency.")
            .WithDescription($"`after` is a SKU, and the page begins behind it. {Pages.Description}")
            .ProducesProblems(400, 422)
            .WithExample(ApiExample.Of("limit", "5"));
        return app;
    }

    private static Results<Ok<Page<ProductAnswer>>, ProblemHttpResult> List(string? after, int? limit, HttpContext http) =>
        Pages.TryLimit(limit, out var pageSize, out var problem)
            ? Pages.Of(
                http, [.. Products.Where(product => string.CompareOrdinal(product.Sku, after) > 0).Take(pageSize + 1)], pageSize,
                product => product.Sku)
            : problem;
}
