using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>A temporary problem: <c>Retry-After</c> says when to repeat the request.</summary>
/// <param name="problem">The problem.</param>
/// <param name="after">Time until then, rounded up to seconds.</param>
public sealed class RetryLater(ProblemHttpResult problem, TimeSpan after) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return problem.ExecuteAsync(httpContext);
    }
}
