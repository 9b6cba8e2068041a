using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Layout;

/// <summary>
/// Gives a browser a page wherever a program gets a problem document (docs/http.md). Status and headers are the same. Who sends a token
/// with its request is a program, whatever it accepts.
/// </summary>
internal sealed class ProblemPages : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        PageHeaders.WantsPage(context.HttpContext.Request) && context.HttpContext.Request.Headers.Authorization.Count == 0;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        problem.Status ??= http.Response.StatusCode;
        var page = new RazorComponentResult<ProblemPage>(new { Problem = PageProblem.Of(http, problem) }) { StatusCode = problem.Status };
        await page.ExecuteAsync(http);
    }
}
