namespace EventDriven.ControlRoom.Layout;

/// <summary>
/// Addresses within these pages. Whatever else a request asks to be led to is refused, because a link could lead to a stranger's.
/// </summary>
internal static class LocalUrl
{
    private const string Home = "/";

    /// <summary>The address if it is one of these pages, else that of the first one.</summary>
    public static string Of(string? url) => IsLocal(url) ? url! : Home;

    /// <summary>The page that a request is for, to come back to.</summary>
    public static string OfPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : Home;

    // "//host" and "/\host" name another host.
    private static bool IsLocal(string? url) => url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\'))
        && !url.Any(char.IsControl);
}
