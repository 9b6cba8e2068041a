using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults.Authorization;
using EventDriven.ServiceDefaults.Clients;
using EventDriven.ServiceDefaults.Database;
using EventDriven.ServiceDefaults.Draining;
using EventDriven.ServiceDefaults.Health;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Logs;
using EventDriven.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults;

/// <summary>What every service of this system has in common.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds telemetry, health, an end that fails no request, service discovery for HTTP clients, limits for requests, callers' identities
    /// (JWT), and problem details (RFC 9457) for every error.
    /// </summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.AddSecretFiles();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddLogs();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddDrain();
        builder.AddOutgoingCalls();
        builder.AddHttpConventions();
        builder.AddIdentities();
        return builder;
    }

    /// <summary>
    /// Adds the service's own database, migrated before anything else starts, and what operators can ask of the service.
    /// </summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="database">Name of the database's connection string, such as <c>checkoutdb</c>.</param>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static IHostApplicationBuilder AddServiceDatabase<TContext>(this IHostApplicationBuilder builder, string database)
        where TContext : DbContext
    {
        builder.AddDatabaseClient<TContext>(database);
        builder.Services.ConfigureDbContext<TContext>(options => options.ConfigureWarnings(DatabaseLogs.Quiet));
        builder.Services.AddServiceTasks<TContext>();
        builder.Services.AddHostedService<DatabaseMigration<TContext>>();
        builder.AddDatabaseHealth<TContext>();
        return builder;
    }

    /// <summary>
    /// Adds the middleware that attaches the request's correlation id to everything it causes, turns every failure into problem details,
    /// and lets in who may.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseMiddleware<ClosingConnections>();
        app.UseMiddleware<CorrelationMiddleware>();
        app.UseHttpConventions();
        return app;
    }

    /// <summary>
    /// Maps <c>/health</c> (dependencies included), <c>/alive</c> (this process alone), for a service that consumes <c>/lag</c> and
    /// <c>/handling</c>, and for one that publishes or consumes <c>/topology</c>.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();
        app.MapLag();
        app.MapTopology();
        app.MapHandling();
        return app;
    }
}
