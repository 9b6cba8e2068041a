using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Http;

/// <summary>A problem that may be gone soon: says with <c>Retry-After</c> when to come again.</summary>
internal sealed class RetryLater(ProblemHttpResult problem, TimeSpan after) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return problem.ExecuteAsync(httpContext);
    }
}
