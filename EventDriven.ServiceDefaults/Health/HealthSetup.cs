using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Health;

/// <summary><c>/health</c> and <c>/alive</c>.</summary>
internal static class HealthSetup
{
    private const string Live = "live";

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    /// <summary>Without its database a service can do nothing; without Redis or Kafka it is slower or late, which is degraded.</summary>
    public static void AddClientHealth<TContext>(this IHostApplicationBuilder builder)
        where TContext : DbContext =>
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseHealth<TContext>>("database", HealthStatus.Unhealthy)
            .AddCheck<RedisHealth>("redis", HealthStatus.Degraded)
            .AddCheck<KafkaHealth>("kafka", HealthStatus.Degraded);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
    }
}
