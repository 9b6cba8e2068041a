using Checkout.Api.Database;
using Checkout.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Orders.Reading;

/// <summary><c>GET /orders/{id}</c> and <c>GET /orders</c>.</summary>
internal static class ReadOrderEndpoints
{
    /// <summary>Orders a page.</summary>
    public const int PageSize = 50;

    public static void MapReadOrders(this RouteGroupBuilder orders)
    {
        orders.MapGet("/{id:guid}", GetOrderAsync)
            .WithName("GetOrder")
            .WithSummary("An order with its history.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        orders.MapGet("/", ListOrdersAsync)
            .WithName("ListOrders")
            .WithSummary("Orders, newest first, in pages of 50.")
            .WithDescription("`after` takes the `next` of the page before; `customerId` keeps to one customer.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> GetOrderAsync(
        Guid id, CheckoutDbContext database, CancellationToken cancellationToken) =>
        await database.FindAnswerAsync(id, cancellationToken) is { } order ? TypedResults.Ok(order) : OrderProblems.Unknown(id);

    private static async Task<Results<Ok<OrderPage>, ProblemHttpResult>> ListOrdersAsync(
        string? customerId, string? after, CheckoutDbContext database, CancellationToken cancellationToken)
    {
        IQueryable<Order> orders = database.Orders;
        if (!string.IsNullOrEmpty(customerId))
        {
            if (!Guid.TryParse(customerId, out var customer))
            {
                return Problems.BadRequest("customerId", "Must be a UUID.");
            }

            orders = orders.Where(o => o.CustomerId == customer);
        }

        if (!string.IsNullOrEmpty(after))
        {
            if (!Guid.TryParse(after, out var last))
            {
                return Problems.BadRequest("after", "Must be the id of an order.");
            }

            orders = orders.Where(o => o.Id < last);
        }

        // One more than a page tells whether there is another.
        var page = orders.OrderByDescending(o => o.Id).Take(PageSize + 1);
        var found = await database.ReadAnswersAsync(page, cancellationToken);
        return TypedResults.Ok(found.Count > PageSize
            ? new OrderPage(found[..PageSize], found[PageSize - 1].Id)
            : new OrderPage(found));
    }
}
