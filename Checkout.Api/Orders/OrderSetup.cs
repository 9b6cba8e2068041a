using Checkout.Api.Idempotency;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Orders.Placing;
using Checkout.Api.Orders.Watching;

namespace Checkout.Api.Orders;

/// <summary>What the endpoints under <c>/orders</c> need.</summary>
internal static class OrderSetup
{
    public static WebApplicationBuilder AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KeyLeases>();
        builder.Services.AddScoped<FirstAnswers>();
        builder.Services.AddSingleton<OrderChanges>();
        builder.Services.AddSingleton<RefundSignal>();
        builder.Services.AddSingleton<OrderWatch>();
        builder.Services.AddHostedService<OrderReader>();
        builder.Services.AddSingleton<FinalAnswerSlots>();
        builder.Services.AddScoped<OrderTransaction>();
        builder.Services.AddScoped<PlaceOrder>();
        return builder;
    }
}
