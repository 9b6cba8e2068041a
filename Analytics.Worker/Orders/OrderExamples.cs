using Analytics.Worker.Database;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Examples for the OpenAPI document that use existing orders.</summary>
internal static class OrderExamples
{
    /// <summary>The newest order.</summary>
    public static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var orders = services.GetRequiredService<AnalyticsDbContext>().Orders;
        var newest = await orders.OrderByDescending(o => o.OrderId).Select(o => (Guid?)o.OrderId).FirstOrDefaultAsync(cancellationToken);
        return newest is { } orderId ? ApiExample.Of("orderId", orderId.ToString()) : null;
    }
}
