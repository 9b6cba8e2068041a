using EventDriven.ControlRoom.Layout;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>
/// What a browser without a session, or with one that allows too little, gets: a page with the right status that says what to do. A request
/// that isn't for a page gets the problem document of every service.
/// </summary>
internal sealed class SessionEvents(TimeProvider time) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (Session.HasEnded(context.Properties, time.GetUtcNow()))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Session.Scheme);
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return AnswerAsync(
            context.HttpContext,
            StatusCodes.Status401Unauthorized,
            () => SignInEndpoints.Page(context.HttpContext, LocalUrl.OfPage(context.Request), error: null));
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => AnswerAsync(
        context.HttpContext, StatusCodes.Status403Forbidden, () => new RazorComponentResult<ForbiddenPage>());

    private static async Task AnswerAsync(HttpContext http, int status, Func<RazorComponentResult> page)
    {
        http.Response.StatusCode = status;
        if (PageHeaders.WantsPage(http.Request))
        {
            var result = page();
            result.StatusCode = status;
            await result.ExecuteAsync(http);
        }
    }
}
