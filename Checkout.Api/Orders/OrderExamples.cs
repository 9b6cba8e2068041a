using System.Text.Json.Nodes;
using Checkout.Api.Database;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders;

/// <summary>Examples for the OpenAPI document that use existing orders.</summary>
internal static class OrderExamples
{
    // Number of newest orders that are searched for an example, so that the document needs no scan of all orders.
    private const int Newest = 1_000;

    /// <summary>An order of one piece that is always in stock. Repeating it returns the first answer.</summary>
    public static readonly ApiExample Place = ApiExample.Of(
        "Idempotency-Key",
        "example-order-1",
        new JsonObject
        {
            ["customerId"] = "0190a1b2-0000-7000-8000-000000000001",
            ["email"] = "ada@example.org",
            ["currency"] = "EUR",
            ["lines"] = new JsonArray(new JsonObject { ["sku"] = "tea-earl-grey", ["quantity"] = 2 }),
        });

    /// <summary>The newest order.</summary>
    public static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await IdAsync(Orders(services), cancellationToken) is { } id ? ApiExample.Of("id", id.ToString()) : null;

    /// <summary>The newest order that may be cancelled.</summary>
    public static async Task<ApiExample?> OpenAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        await IdAsync(Open(services), cancellationToken) is { } id ? ApiExample.Of("id", id.ToString()) : null;

    /// <summary>The provider's notice of a payment for the newest unpaid order.</summary>
    public static async Task<ApiExample?> PaymentAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var payments = services.GetRequiredService<CheckoutDbContext>().Payments;
        var order = await Open(services)
            .Where(o => !payments.Any(p => p.OrderId == o.Id))
            .OrderByDescending(o => o.Id)
            .Select(o => new { o.Id, o.Total, o.Currency })
            .FirstOrDefaultAsync(cancellationToken);
        return order is null
            ? null
            : ApiExample.Of(new JsonObject
            {
                ["orderId"] = order.Id.ToString(),
                ["providerReference"] = $"pay_{order.Id:N}",
                ["amount"] = order.Total,
                ["currency"] = order.Currency,
            });
    }

    private static IQueryable<Order> Orders(IServiceProvider services) =>
        services.GetRequiredService<CheckoutDbContext>().Orders.AsNoTracking();

    private static IQueryable<Order> Open(IServiceProvider services) =>
        Orders(services).OrderByDescending(o => o.Id).Take(Newest)
            .Where(o => o.State == OrderState.Placed || o.State == OrderState.Confirmed);

    private static Task<Guid?> IdAsync(IQueryable<Order> orders, CancellationToken cancellationToken) =>
        orders.OrderByDescending(o => o.Id).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellationToken);
}
