using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> says whether the service is ready (200), degraded (200) or unhealthy (503), and tells operators why. <c>/alive</c> says
/// that the process answers, whatever the state of its dependencies.
/// </summary>
internal static class HealthSetup
{
    private const string Live = "live";

    // A server that doesn't react at all must not keep a probe waiting.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    /// <summary>
    /// Without its database, a service is unhealthy; without Redis or Kafka, it is slower or late, which counts as degraded.
    /// </summary>
    public static void AddDatabaseHealth<TContext>(this IHostApplicationBuilder builder)
        where TContext : DbContext
    {
        // One for all, because calls share what it learns.
        builder.Services.AddSingleton<DatabaseHealth<TContext>>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth<TContext>>("database", HealthStatus.Unhealthy, tags: [], timeout: Bound);
    }

    public static void MapHealth(this WebApplication app)
    {
        // A service with too much to do is alive, and a restart would make it worse: no limit refuses a probe.
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthJson.WriteAsync })
            .AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
            .AllowAnonymous().DisableRateLimiting();
    }
}
