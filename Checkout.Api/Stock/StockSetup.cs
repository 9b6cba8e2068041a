using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Telemetry;

namespace Checkout.Api.Stock;

/// <summary>Registers the client of Inventory.</summary>
internal static class StockSetup
{
    /// <summary>Timeout of the whole call, retries included.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Calls at once. Each holds a place among the requests that Checkout carries out, for as long as Inventory takes: without this bound,
    /// an Inventory that is slow would take them all.
    /// </summary>
    private const int MostCalls = 16;

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
                .AddConcurrencyLimiter(MostCalls, queueLimit: 0)
                .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromMilliseconds(100) })
                .AddTimeout(Attempt));
        builder.Services.Configure<TelemetryOptions>(telemetry => telemetry.SeverityProvider = Severity);
        return builder;
    }

    // In a flood there are thousands a second of these, and each would be an error in the log.
    private static ResilienceEventSeverity Severity(SeverityProviderArguments arguments) =>
        arguments.Event.EventName == "OnRateLimiterRejected" ? ResilienceEventSeverity.Debug : arguments.Event.Severity;
}
