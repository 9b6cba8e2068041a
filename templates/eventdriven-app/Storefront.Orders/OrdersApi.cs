using EventDriven.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Storefront.Orders;

/// <summary>Places orders and shows them.</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders", PlaceAsync);
        routes.MapGet("/orders/{id:guid}", GetAsync);
    }

    /// <summary>The order and the event are committed together, or neither is.</summary>
    private static async Task<Results<Created<Order>, ValidationProblem>> PlaceAsync(
        PlaceOrder request, OrdersDbContext database, IOutbox outbox, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Errors() is { Count: > 0 } errors)
        {
            return TypedResults.ValidationProblem(errors);
        }

        var now = time.GetUtcNow();
        var order = new Order { Id = Guid.CreateVersion7(now), Sku = request.Sku!, Quantity = request.Quantity, PlacedAt = now };
        database.Orders.Add(order);
        outbox.Add(new OrderPlaced(order.Id, order.Sku, order.Quantity), now);
        await database.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/orders/{order.Id}", order);
    }

    private static async Task<Results<Ok<Order>, NotFound>> GetAsync(
        Guid id, OrdersDbContext database, CancellationToken cancellationToken) =>
        await database.Orders.FindAsync([id], cancellationToken) is { } order ? TypedResults.Ok(order) : TypedResults.NotFound();
}
