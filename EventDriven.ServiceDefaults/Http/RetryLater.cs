using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http;

/// <summary>A problem that may be gone soon: says with <c>Retry-After</c> when to come again.</summary>
/// <param name="problem">What to say.</param>
/// <param name="after">When to come again, from now; rounded up to seconds.</param>
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
