using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>
/// The client of PostgreSQL, by Aspire's integration. Its health check and telemetry are off: <c>HealthSetup</c> has a check of its own,
/// and <c>TelemetrySetup</c> records nothing where nothing is exported.
/// </summary>
internal static class DatabaseClient
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
}
