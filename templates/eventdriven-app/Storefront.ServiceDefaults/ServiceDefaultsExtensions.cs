using EventDriven.Messaging.Lag;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Storefront.ServiceDefaults;

/// <summary>What every service has in common: a database, telemetry, health.</summary>
public static class ServiceDefaultsExtensions
{
    private const string Messaging = "EventDriven.Messaging";

    /// <summary>Adds the clock, health checks, and telemetry where it is collected.</summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
            builder.Services.AddOpenTelemetry()
                .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter(Messaging))
                .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource(Messaging))
                .UseOtlpExporter();
        }
    }

    /// <summary>Adds the service's own database, by the name of its connection string.</summary>
    public static void AddServiceDatabase<TContext>(this IHostApplicationBuilder builder, string name)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDbContextPool<TContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString(name)));
    }

    /// <summary>Maps <c>/health</c> and, where events are handled, <c>/lag</c>: events that are waiting, and since when.</summary>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks("/health");
        if (app.Services.GetService<IConsumerLag>() is not null)
        {
            app.MapGet("/lag", async (IConsumerLag lag, CancellationToken cancellationToken) =>
                await lag.ReadAsync(cancellationToken) is { } groups
                    ? Results.Ok(groups)
                    : Results.Problem("Kafka or the database doesn't answer.", statusCode: StatusCodes.Status503ServiceUnavailable));
        }
    }

    /// <summary>Makes the tables, before the first request and the first event. Go over to migrations before a table changes.</summary>
    public static async Task CreateTablesAsync<TContext>(this WebApplication app)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(app);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TContext>().Database.EnsureCreatedAsync();
    }
}
