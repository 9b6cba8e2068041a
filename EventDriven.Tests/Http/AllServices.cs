using Analytics.Worker.Database;
using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using Inventory.Worker.Database;
using Notifications.Worker.Database;
using Recommendations.Worker.Database;

namespace EventDriven.Tests.Http;

/// <summary>The services by name, for what holds for each of them.</summary>
internal static class AllServices
{
    public static IReadOnlyList<string> Names { get; } = ["checkout", "inventory", "notifications", "analytics", "recommendations"];

    public static async Task<IServiceApp> StartAsync(
        string name, Servers servers, Func<string, string>? adjust = null,
        IReadOnlyDictionary<string, string>? settings = null) => name switch
        {
            "checkout" => await ServiceApp<CheckoutDbContext>.StartAsync(servers, "checkoutdb", adjust, WithProvider(settings)),
            "inventory" => await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb", adjust, settings),
            "notifications" => await ServiceApp<NotificationsDbContext>.StartAsync(servers, "notificationsdb", adjust, settings),
            "analytics" => await ServiceApp<AnalyticsDbContext>.StartAsync(servers, "analyticsdb", adjust, settings),
            _ => await ServiceApp<RecommendationsDbContext>.StartAsync(servers, "recommendationsdb", adjust, settings),
        };

    private static Dictionary<string, string> WithProvider(IReadOnlyDictionary<string, string>? settings) =>
        new(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            [ProviderWebhook.Setting] = ProviderWebhook.Secret,
            [TestMasterKey.Setting] = TestMasterKey.Value,
        };
}
