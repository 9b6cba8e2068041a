using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>Makes the problem document for an answer of which the framework sets only the status.</summary>
internal static class StatusProblems
{
    private const string Body = "body";

    /// <summary>For <c>UseStatusCodePages</c>.</summary>
    public static Task WriteAsync(StatusCodeContext context) =>
        Of(context.HttpContext.Response.StatusCode, RequestRoute.Endpoint(context.HttpContext) is not null)
            .ExecuteAsync(context.HttpContext);

    public static ProblemHttpResult Of(int status, bool hasRoute) => status switch
    {
        StatusCodes.Status401Unauthorized => Problems.Plain(status, "A valid bearer token is needed; see WWW-Authenticate."),
        StatusCodes.Status403Forbidden => Problems.Plain(status, "The token does not allow this; see WWW-Authenticate."),
        StatusCodes.Status404NotFound => Problems.Plain(status, "There is nothing here.", ProblemCodes.Of(status, hasRoute)),
        StatusCodes.Status405MethodNotAllowed => Problems.Plain(status, "This has other methods; see Allow."),
        StatusCodes.Status408RequestTimeout => Problems.Of(status, Body, "Came too slowly."),
        StatusCodes.Status413PayloadTooLarge => Problems.Of(status, Body, $"May have at most {RequestLimits.BodyBytes} bytes."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(status, "Content-Type", "Must be application/json."),
        _ => Problems.Plain(status, "The request can't be answered."),
    };
}
