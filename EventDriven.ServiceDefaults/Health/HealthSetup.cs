using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c>: is the service ready, and if it is degraded, by what (200 in both cases, 503 otherwise)? <c>/alive</c>: does the process answer,
/// whatever became of what it depends on?
/// </summary>
internal static class HealthSetup
{
    private const string Live = "live";

    // A server that neither answers nor refuses must not keep a probe waiting.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    /// <summary>Without its database a service can do nothing; without Redis or Kafka it is slower or late, which is degraded.</summary>
    public static void AddClientHealth<TContext>(this IHostApplicationBuilder builder)
        where TContext : DbContext =>
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth<TContext>>("database", HealthStatus.Unhealthy, tags: [], timeout: Bound)
            .AddCheck<RedisHealth>("redis", HealthStatus.Degraded, tags: [], timeout: Bound)
            .AddCheck<KafkaHealth>("kafka", HealthStatus.Degraded, tags: [], timeout: Bound);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthJson.WriteAsync });
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
    }
}
