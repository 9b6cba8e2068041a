using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>
/// The clients of PostgreSQL and Redis, by Aspire's integrations. Their health checks and telemetry are off: <c>HealthSetup</c> knows which server a
/// service can do without, and <c>TelemetrySetup</c> records nothing where nothing is exported.
/// </summary>
internal static class ServiceClients
{
    /// <summary>Registers the pooled context. Retries stay off: a consumer's transaction is retried as a whole, by its lane.</summary>
    public static void AddDatabaseClient<TContext>(this IHostApplicationBuilder builder, string name)
        where TContext : DbContext =>
        builder.AddNpgsqlDbContext<TContext>(
            name,
            settings =>
            {
                settings.DisableRetry = true;
                settings.DisableHealthChecks = settings.DisableTracing = settings.DisableMetrics = true;
                settings.ConnectionString = settings.ConnectionString is { } given ? DatabaseDefaults.Apply(given) : null;
            },
            options => options.UseSnakeCaseNamingConvention());

    /// <summary>Registers the <c>IConnectionMultiplexer</c>.</summary>
    public static void AddRedisClientFor(this IHostApplicationBuilder builder, string name) =>
        builder.AddRedisClient(name, settings => settings.DisableHealthChecks = settings.DisableTracing = true, RedisDefaults.Apply);
}
