using System.Security.Claims;
using Checkout.Api.Callers;
using Checkout.Api.Database;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Lists;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Orders.Reading;

/// <summary><c>GET /orders/{id}</c> and <c>GET /orders</c>.</summary>
internal static class ReadOrderEndpoints
{
    public static void MapReadOrders(this RouteGroupBuilder orders)
    {
        orders.MapGet("/{id:guid}", GetOrderAsync)
            .WithName("GetOrder")
            .WithSummary("An order with its history.")
            .ProducesProblems(404, 503)
            .WithExample(OrderExamples.NewestAsync);
        orders.MapGet("/", ListOrdersAsync)
            .WithName("ListOrders")
            .WithSummary("Orders, newest first: a customer's own, and all of them for the back office.")
            .WithDescription(
                $"`customerId` keeps to one customer; `after` is the id of an order, and the page begins behind it. {Pages.Description}")
            .ProducesProblems(400, 422, 503)
            .WithExample(ApiExample.Of("limit", "10"));
    }

    private static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> GetOrderAsync(
        Guid id, ClaimsPrincipal user, CheckoutDbContext database, CancellationToken cancellationToken) =>
        await database.FindAnswerAsync(id, cancellationToken) is { } order && Caller.Of(user).MayActFor(order.CustomerId)
            ? TypedResults.Ok(order)
            : OrderProblems.Unknown(id);

    private static async Task<Results<Ok<Page<OrderAnswer>>, ProblemHttpResult>> ListOrdersAsync(
        string? customerId, string? after, int? limit, HttpContext http, CheckoutDbContext database, CancellationToken cancellationToken)
    {
        if (!Pages.TryLimit(limit, out var pageSize, out var problem))
        {
            return problem;
        }

        IQueryable<Order> orders = database.Orders;
        if (Caller.Of(http.User) is { IsBackOffice: false, Customer: var own })
        {
            orders = orders.Where(o => o.CustomerId == own);
        }

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

        // One entry more than a page shows whether there is a next page.
        var page = orders.OrderByDescending(o => o.Id).Take(pageSize + 1);
        return Pages.Of(http, await database.ReadAnswersAsync(page, cancellationToken), pageSize, order => order.Id.ToString());
    }
}
