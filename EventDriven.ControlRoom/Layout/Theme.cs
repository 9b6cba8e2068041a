namespace EventDriven.ControlRoom.Layout;

/// <summary>Light, dark, or what the system has: a choice that the browser keeps in a cookie.</summary>
internal static class Theme
{
    public const string System = "system";

    private const string Cookie = "control-room-theme";
    private static readonly string[] Known = [System, "light", "dark"];
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>All of them, in the order of the button.</summary>
    public static IReadOnlyList<string> All => Known;

    /// <summary>The browser's choice.</summary>
    public static string Of(HttpRequest request) => Valid(request.Cookies[Cookie]);

    /// <summary>Has the browser keep a choice.</summary>
    public static void Keep(HttpContext http, string? theme) => http.Response.Cookies.Append(Cookie, Valid(theme), new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = Kept,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });

    /// <summary>The choice that follows another one.</summary>
    public static string After(string theme) => Known[(Array.IndexOf(Known, theme) + 1) % Known.Length];

    private static string Valid(string? theme) => Known.Contains(theme) ? theme! : System;
}
