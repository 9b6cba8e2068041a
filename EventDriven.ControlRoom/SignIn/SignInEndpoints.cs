using System.Security.Cryptography;
using System.Text;
using EventDriven.ControlRoom.Layout;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>Signing in and out.</summary>
internal static partial class SignInEndpoints
{
    private const string Developer = "developer";
    private const string TooMany = "These were too many attempts. Try again in a minute.";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in", (HttpContext http, string? returnUrl) => Page(http, returnUrl, error: null)).AllowAnonymous();
        app.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync);
        if (app.Services.GetRequiredService<IOptions<SignInOptions>>().Value.DevelopmentKey is { Length: > 0 } key)
        {
            app.MapGet("/sign-in/link", (HttpContext http, SignInLimit limit, TimeProvider time, string? t, string? returnUrl) =>
                FollowLinkAsync(http, limit, time, key, t, returnUrl)).AllowAnonymous();
        }

        if (HasProvider(app.Services))
        {
            app.MapGet("/sign-in/provider", LeadToProviderAsync).AllowAnonymous();
        }
    }

    /// <summary>The page with the ways to sign in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="returnUrl">Where to go then.</param>
    /// <param name="error">What was wrong; null for nothing.</param>
    public static RazorComponentResult Page(HttpContext http, string? returnUrl, string? error) => new RazorComponentResult<SignInPage>(new
    {
        ReturnUrl = LocalUrl.Of(returnUrl),
        Error = error,
        HasProvider = HasProvider(http.RequestServices),
    });

    /// <summary>The same page, with what was wrong.</summary>
    /// <param name="http">The request.</param>
    /// <param name="returnUrl">Where to go then.</param>
    /// <param name="error">What was wrong, and what to do.</param>
    /// <param name="status">The status of the answer.</param>
    public static RazorComponentResult Refused(HttpContext http, string? returnUrl, string error, int status)
    {
        var page = Page(http, returnUrl, error);
        page.StatusCode = status;
        return page;
    }

    private static bool HasProvider(IServiceProvider services) =>
        services.GetRequiredService<IOptions<OpenIdConnectSettings>>().Value.Authority is { Length: > 0 };

    private static async Task<IResult> SignInAsync(
        HttpContext http, SignInLimit limit, ILogger<SessionEvents> logger, [FromForm] string? token, [FromForm] string? returnUrl)
    {
        if (!limit.Allows(http))
        {
            return Refused(http, returnUrl, TooMany, StatusCodes.Status429TooManyRequests);
        }

        // Read by the very rules of the services.
        http.Request.Headers.Authorization = $"Bearer {token?.Trim()}";
        var caller = await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);
        http.Request.Headers.Remove("Authorization");
        if (!caller.Succeeded || caller.Properties?.ExpiresUtc is not { } end)
        {
            limit.CountFailure(http);
            Log.Refused(logger);
            return Refused(
                http,
                returnUrl,
                "This token isn't valid here: it may have expired, or be of another issuer or for another audience. Get a new one.",
                StatusCodes.Status401Unauthorized);
        }

        if (!Session.MayRead(caller.Principal))
        {
            return Refused(
                http,
                returnUrl,
                $"This token is valid, but it may not look at anything here. Ask for one with the scope {Scopes.OpsRead}, or "
                + $"{Scopes.OpsWrite} to change something.",
                StatusCodes.Status403Forbidden);
        }

        await Session.BeginAsync(
            http, caller.Principal.Identity?.Name ?? "operator", caller.Principal.FindAll(Scopes.Claim).Select(claim => claim.Value), end);
        return TypedResults.LocalRedirect(LocalUrl.Of(returnUrl));
    }

    // Has a form, so that its token is checked.
    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, IFormCollection form)
    {
        await http.SignOutAsync(Session.Scheme);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> LeadToProviderAsync(HttpContext http, ILogger<SessionEvents> logger, string? returnUrl)
    {
        try
        {
            await http.ChallengeAsync(SignInSetup.OpenIdConnect, new AuthenticationProperties { RedirectUri = LocalUrl.Of(returnUrl) });
            return TypedResults.Empty;
        }
        catch (InvalidOperationException exception) when (exception.InnerException is not null && !http.Response.HasStarted)
        {
            // Its configuration can't be read (OpenID Connect Discovery 1.0).
            Log.ProviderAway(logger, exception.InnerException.Message);
            return Refused(
                http,
                returnUrl,
                "Your identity provider does not answer. Try again, or sign in with a token.",
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    // The answer leads to an address without the key, so that the browser's history and a screenshot don't show it.
    private static async Task<IResult> FollowLinkAsync(
        HttpContext http, SignInLimit limit, TimeProvider time, string key, string? given, string? returnUrl)
    {
        if (!limit.Allows(http))
        {
            return Refused(http, returnUrl, TooMany, StatusCodes.Status429TooManyRequests);
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given ?? "")))
        {
            limit.CountFailure(http);
            return Refused(
                http,
                returnUrl,
                "This link isn't valid: it is of an earlier start. Take the one that the dashboard or the terminal shows now.",
                StatusCodes.Status401Unauthorized);
        }

        await Session.BeginAsync(http, Developer, Scopes.All, time.GetUtcNow() + TokenRequest.MaxLifetime);
        return TypedResults.LocalRedirect(LocalUrl.Of(returnUrl));
    }

    private static partial class Log
    {
        [LoggerMessage(2601, LogLevel.Information, "Sign-in refused: the token is not valid")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(2603, LogLevel.Warning, "The identity provider's configuration can't be read: {Reason}")]
        public static partial void ProviderAway(ILogger logger, string reason);
    }
}
