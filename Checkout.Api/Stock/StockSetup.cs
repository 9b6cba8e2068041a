using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Checkout.Api.Stock;

/// <summary>Registers the client of Inventory.</summary>
internal static class StockSetup
{
    /// <summary>Timeout of the whole call, retries included.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1);

    public static WebApplicationBuilder AddInventoryClient(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddHttpClient<InventoryClient>(http =>
            {
                http.BaseAddress = new Uri("http://inventory");
                http.Timeout = Total;
            })
            .AddServiceToken(Audiences.Inventory)
            .AddResilienceHandler("inventory", pipeline => pipeline
                .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromMilliseconds(100) })
                .AddTimeout(Attempt));
        return builder;
    }
}
