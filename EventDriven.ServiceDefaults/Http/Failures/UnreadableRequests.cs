using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>
/// Answers a request that can't be read with a problem document that names the field. The exception is not logged: its message repeats what
/// the caller sent, and its stack trace says nothing useful.
/// </summary>
internal sealed class UnreadableRequests : IExceptionHandler
{
    private const string Body = "body";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad)
        {
            return false;
        }

        await Problem(httpContext, bad).ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult Problem(HttpContext http, BadHttpRequestException exception) => exception switch
    {
        { InnerException: JsonException json } =>
            Problems.BadRequest(Field(json), "Is not the JSON that is expected here.", ProblemCodes.InvalidJson),
        _ when Parameter(http, exception) is { } parameter => Problems.BadRequest(parameter, "Can't be read; see the API's description."),
        { StatusCode: StatusCodes.Status400BadRequest } => Problems.BadRequest(Body, "Must be a JSON object.", ProblemCodes.InvalidJson),
        _ => StatusProblems.Of(exception.StatusCode, hasRoute: true),
    };

    // "$.lines[0].quantity" → "lines[0].quantity"
    private static string Field(JsonException json) =>
        json.Path is { Length: > 1 } path && path.StartsWith('$') ? path[1..].TrimStart('.') : Body;

    // Only the message says which parameter failed: 'Failed to bind parameter "Guid? orderId" from "…".'
    private static string? Parameter(HttpContext http, BadHttpRequestException exception) => RequestRoute.Endpoint(http)?.Metadata
        .GetOrderedMetadata<IParameterBindingMetadata>()
        .Select(parameter => parameter.Name)
        .FirstOrDefault(name => exception.Message.StartsWith("Failed to bind", StringComparison.Ordinal)
            && exception.Message.Contains($" {name}\" from \"", StringComparison.Ordinal));
}
