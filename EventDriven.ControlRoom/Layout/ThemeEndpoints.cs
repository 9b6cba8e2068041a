using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EventDriven.ControlRoom.Layout;

/// <summary><c>POST /theme</c>.</summary>
internal static class ThemeEndpoints
{
    public static void MapTheme(this IEndpointRouteBuilder app) => app.MapPost("/theme", SetTheme).AllowAnonymous();

    private static RedirectHttpResult SetTheme(HttpContext http, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        Theme.Keep(http, theme);
        return TypedResults.LocalRedirect(LocalUrl.Of(returnUrl));
    }
}
