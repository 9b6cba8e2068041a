using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.KafkaEmulator;

/// <summary>
/// HTTP endpoints for what the mock cluster doesn't offer over Kafka's protocol: creating a topic with a given number of partitions, and
/// health.
/// </summary>
internal static class ControlApi
{
    public static void MapControlApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", HealthAsync);
        routes.MapPut("/topics/{name}", PutTopic);
    }

    private static async Task<Results<Ok, ProblemHttpResult>> HealthAsync(MockCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await cluster.ConnectAsync(cancellationToken);
            return TypedResults.Ok();
        }
        catch (EmulatorException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static Results<Created, NoContent, ProblemHttpResult> PutTopic(string name, string? partitions, MockCluster cluster)
    {
        try
        {
            var topic = Topic.Parse(name, partitions);
            return cluster.CreateTopic(topic) switch
            {
                null => TypedResults.Created(),
                var existing when existing == topic.Partitions => TypedResults.NoContent(),
                var existing =>
                    TypedResults.Problem($"Topic '{name}' already has {existing} partitions.", statusCode: StatusCodes.Status409Conflict),
            };
        }
        catch (FormatException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (EmulatorException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status500InternalServerError);
        }
    }
}
