using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Notifications.Worker.Privacy;

/// <summary>Registers the client of Checkout's keys.</summary>
internal static class PrivacySetup
{
    /// <summary>Timeout of the whole call, retries included; the library's own (<c>Messaging:SubjectKeys:Timeout</c>) is longer.</summary>
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(2);

    public static void AddCheckoutKeys(this IHostApplicationBuilder builder) => builder.Services
        .AddHttpClient<CheckoutKeys>(http =>
        {
            http.BaseAddress = new Uri("http://checkout");
            http.Timeout = Total;
        })
        .AddServiceToken(Audiences.Checkout, Scopes.KeysRead)
        .AddResilienceHandler("keys", pipeline => pipeline
            .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.FromMilliseconds(100) })
            .AddTimeout(Attempt));
}
