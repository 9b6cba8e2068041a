namespace EventDriven.ControlRoom.Layout;

/// <summary>
/// What a browser may do with these pages: run the script and use the style that they are served with, nothing within the page itself, and
/// send forms here alone.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Add, http.Response);
        return next(http);
    }

    /// <summary>Whether a request is a browser's, for a page.</summary>
    public static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task Add(object state)
    {
        ((HttpResponse)state).Headers.ContentSecurityPolicy = Policy;
        return Task.CompletedTask;
    }
}
