using EventDriven.Identity;
using EventDriven.Messaging.Lag;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.ServiceDefaults.Health;

/// <summary><c>GET /handling</c>.</summary>
internal static class HandlingEndpoint
{
    /// <summary>Maps how long handling takes, as counts since the start; nothing when the service consumes nothing.</summary>
    public static void MapHandling(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IConsumerLag>() is not null)
        {
            var meter = app.ServiceProvider.GetRequiredService<HandlingMeter>();
            app.MapGet("/handling", () => TypedResults.Ok(meter.Read())).RequireAuthorization(Scopes.OpsRead).ReserveConcurrency()
                .ExcludeFromDescription();
        }
    }
}
