using EventDriven.Identity;
using EventDriven.Messaging.Lag;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.ServiceDefaults.Health;

/// <summary><c>GET /lag</c>.</summary>
internal static class LagEndpoint
{
    /// <summary>Maps the lag of the service's groups, in events and in seconds; nothing when it consumes nothing.</summary>
    public static void MapLag(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetService<IConsumerLag>() is not null)
        {
            app.MapGet("/lag", GetLagAsync).RequireAuthorization(Scopes.OpsRead).ReserveConcurrency()
                .ExcludeFromDescription();
        }
    }

    private static async Task<Results<Ok<IReadOnlyList<LagAnswer>>, ProblemHttpResult>> GetLagAsync(
        IConsumerLag lag, CancellationToken cancellationToken) =>
        await lag.ReadAsync(cancellationToken) is { } groups
            ? TypedResults.Ok(groups)
            : TypedResults.Problem(
                "The lag can't be measured, because Kafka or the database doesn't answer; /health says which.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
}
