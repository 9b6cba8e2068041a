using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Http;

/// <summary>
/// Gives a request that can't be read its problem document. The framework throws about some of them and only sets the status for others;
/// here all of them end, and each names the field.
/// </summary>
internal sealed class UnreadableRequests(RequestDelegate next)
{
    private const string Body = "body";

    public async Task InvokeAsync(HttpContext http)
    {
        ProblemHttpResult? problem;
        try
        {
            await next(http);
            problem = http.Response.HasStarted ? null : Problem(http.Response.StatusCode);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            problem = exception.InnerException is JsonException json
                ? Problems.BadRequest(Field(json), "Is not the JSON that is expected here.")
                : Problem(exception.StatusCode) ?? Problems.Of(exception.StatusCode, Body, "Must be a JSON object.");
        }

        if (problem is not null)
        {
            await problem.ExecuteAsync(http);
        }
    }

    private static ProblemHttpResult? Problem(int status) => status switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.Of(status, Body, BodyLimit.Message),

        // What is not said to be JSON is not JSON: 400 like any other.
        StatusCodes.Status415UnsupportedMediaType => Problems.BadRequest("Content-Type", "Must be application/json."),
        _ => null,
    };

    // "$.lines[0].quantity" → "lines[0].quantity"
    private static string Field(JsonException json) =>
        json.Path is { Length: > 1 } path && path.StartsWith('$') ? path[1..].TrimStart('.') : Body;
}
