using EventDriven.Identity;
using EventDriven.Messaging.Operations.Access;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.ServiceDefaults.Health;

/// <summary><c>GET /topology</c>.</summary>
internal static class TopologyEndpoint
{
    private const string Json = "application/json";

    /// <summary>Maps what the service publishes and what its groups read, as it declares it; nothing when it does neither.</summary>
    public static void MapTopology(this IEndpointRouteBuilder app)
    {
        if (ServiceAccess.Declared(app.ServiceProvider)?.ToJson() is { } declared)
        {
            app.MapGet("/topology", () => TypedResults.Text(declared, Json)).RequireAuthorization(Scopes.OpsRead).ReserveConcurrency()
                .ExcludeFromDescription();
        }
    }
}
