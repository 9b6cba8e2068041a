using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>Answers a defect. The caller learns only that there is one, and the id under which it is logged.</summary>
internal sealed partial class UnexpectedErrors(ILogger<UnexpectedErrors> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        Log.Failed(logger, exception, httpContext.Request.Method, RequestRoute.Pattern(httpContext) ?? "(no route)");
        var problem = Problems.Plain(
            StatusCodes.Status500InternalServerError,
            $"Something is wrong here, and the log has it. {RepeatRule.Of(httpContext).Detail}",
            ProblemCodes.InternalError);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(432, LogLevel.Error, "Failed to answer {Method} {Route}")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string route);
    }
}
