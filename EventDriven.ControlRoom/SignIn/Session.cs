using System.Globalization;
using System.Security.Claims;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>
/// A browser's session: who it is of and the scopes that a token gave it, never the token. It ends after 8 hours without a request, and
/// with the token's own end at the latest.
/// </summary>
internal static class Session
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string Name = "sub";
    private const string End = "end";

    /// <summary>Longest time without a request.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromHours(8);

    /// <summary>Whether a caller may look: <c>ops:read</c>, or <c>ops:write</c> which includes it.</summary>
    public static bool MayRead(ClaimsPrincipal user) => Has(user, Scopes.OpsRead);

    /// <summary>Whether a caller may change something: <c>ops:write</c>.</summary>
    public static bool MayWrite(ClaimsPrincipal user) => Has(user, Scopes.OpsWrite);

    /// <summary>Gives the browser a session.</summary>
    /// <param name="http">Its request.</param>
    /// <param name="name">Who it is.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="end">When it ends at the latest, UTC.</param>
    public static Task BeginAsync(HttpContext http, string name, IEnumerable<string> scopes, DateTimeOffset end)
    {
        var identity = Identity(name, scopes);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity), Properties(end));
    }

    /// <summary>The identity that a session keeps.</summary>
    public static ClaimsIdentity Identity(string name, IEnumerable<string> scopes) => new(
        [new Claim(Name, name), .. scopes.Where(Scopes.All.Contains).Select(scope => new Claim(Scopes.Claim, scope))],
        Scheme, Name, roleType: null);

    /// <summary>Properties of a session that ends at a time, whatever happens.</summary>
    public static AuthenticationProperties Properties(DateTimeOffset end) => new()
    {
        IsPersistent = false,
        Items = { [End] = end.ToString("O", CultureInfo.InvariantCulture) },
    };

    /// <summary>Whether a session has reached the end of the token that it was given for.</summary>
    public static bool HasEnded(AuthenticationProperties properties, DateTimeOffset now) =>
        !properties.Items.TryGetValue(End, out var end)
        || !DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
        || now >= at;

    private static bool Has(ClaimsPrincipal user, string scope) =>
        Scopes.Allowing(scope).Any(allowing => user.HasClaim(Scopes.Claim, allowing));
}
