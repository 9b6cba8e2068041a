using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>
/// Writes every problem document, whatever the caller accepts. The framework's own writer would send plain text to a client that accepts no
/// JSON. Adds the code and the correlation id if they are missing.
/// </summary>
internal sealed partial class ProblemWriter(ILogger<ProblemWriter> logger) : IProblemDetailsWriter
{
    private const string ContentType = "application/problem+json";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        var route = RequestRoute.Pattern(http);

        // The result's constructor sets type and title.
        _ = TypedResults.Problem(problem);
        problem.Extensions.TryAdd(Problems.Code, ProblemCodes.Of(status, route is not null));
        if (CorrelationContext.Current?.CorrelationId is { } correlationId)
        {
            problem.Extensions["correlationId"] = correlationId;

            // The exception handler has cleared the headers.
            http.Response.Headers[CorrelationMiddleware.Header] = correlationId;
        }

        if (status < StatusCodes.Status500InternalServerError)
        {
            Log.Refused(logger, http.Request.Method, route ?? "(no route)", status, problem.Extensions[Problems.Code] as string);
        }

        return new ValueTask(http.Response.WriteAsJsonAsync(problem, problem.GetType(), options: null, ContentType, http.RequestAborted));
    }

    private static partial class Log
    {
        [LoggerMessage(430, LogLevel.Debug, "Refused {Method} {Route} with {Status} ({Code})")]
        public static partial void Refused(ILogger logger, string method, string route, int status, string? code);
    }
}
