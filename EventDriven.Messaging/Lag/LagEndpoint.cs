using EventDriven.Messaging.Failures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Lag;

/// <summary><c>GET /lag</c>.</summary>
public static class LagEndpoint
{
    /// <summary>Maps the lag of the service's groups, in events and in seconds. A service without groups has no such endpoint.</summary>
    public static void MapLag(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ServiceProvider.GetService<LagMeter>() is not null)
        {
            app.MapGet("/lag", GetLagAsync).ExcludeFromDescription();
        }
    }

    private static async Task<Results<Ok<LagAnswer[]>, ProblemHttpResult>> GetLagAsync(
        LagMeter meter, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var groups = await meter.NowAsync(cancellationToken);
            return TypedResults.Ok(groups.Select(lag => LagAnswer.Of(lag, time.GetUtcNow())).ToArray());
        }
        catch (Exception exception) when (Failure.IsOfServer(exception))
        {
            return TypedResults.Problem(
                "The lag can't be measured, because Kafka or the database doesn't answer; /health says which.",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
