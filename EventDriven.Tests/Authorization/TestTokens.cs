using System.Net.Http.Headers;
using EventDriven.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EventDriven.Tests.Authorization;

/// <summary>Tokens of the tests' own development issuer, and the settings of services that believe it.</summary>
internal static class TestTokens
{
    /// <summary>The issuer's key, made anew for each run of the tests.</summary>
    public static readonly string Key = DevelopmentIssuer.NewKey();

    private static readonly DevelopmentIssuer Issuer = new(Key, TimeProvider.System);

    /// <summary>Settings of Checkout in the environment Development, with <c>:</c> between the parts of their names.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = SettingsOf(Audiences.Checkout);

    /// <summary>A caller who may do everything that people may: the back office and every other scope.</summary>
    public static string All { get; } = Of([.. Scopes.All]);

    /// <summary>Environment variables of a service that accepts tokens for these audiences.</summary>
    public static IReadOnlyDictionary<string, string> Variables(params IReadOnlyList<string> audiences) =>
        DevelopmentIssuer.Variables(Key, audiences);

    /// <summary>A caller with these scopes.</summary>
    public static string Of(params IReadOnlyList<string> scopes) =>
        Issuer.Issue(new TokenRequest("tester") { Scopes = scopes, Lifetime = TokenRequest.MaxLifetime });

    /// <summary>A customer.</summary>
    public static string OfCustomer(Guid customer, string? email = null) =>
        Issuer.Issue(new TokenRequest(customer.ToString()) { Scopes = [Scopes.Orders], Email = email });

    /// <summary>Another service.</summary>
    public static string OfService(string audience, params IReadOnlyList<string> scopes) =>
        Issuer.Issue(new TokenRequest("another service") { Audience = audience, Scopes = scopes });

    /// <summary>A token for the whole system and for a service, as some providers give to people.</summary>
    public static string OfTwoAudiences(string service) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = DevelopmentIssuer.Name,
        Audiences = { Audiences.System, service },
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime + TokenRequest.MaxLifetime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "tester", ["scope"] = Scopes.KeysRead },
        SigningCredentials =
            new SigningCredentials(new SymmetricSecurityKey(Convert.FromBase64String(Key)), SecurityAlgorithms.HmacSha256),
    });

    /// <summary>The request is another service's.</summary>
    public static HttpRequestMessage AsService(
        this HttpRequestMessage request, string audience = Audiences.Inventory, params IReadOnlyList<string> scopes)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OfService(audience, scopes));
        return request;
    }

    /// <summary>The client calls with this token from now on; with none for null.</summary>
    public static HttpClient As(this HttpClient client, string? token)
    {
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Settings of a service, which accepts tokens of other services if it is one that they call.</summary>
    public static IReadOnlyDictionary<string, string> SettingsOf(string service)
    {
        string[] own = service is Audiences.Checkout or Audiences.Inventory ? [service] : [];
        var settings = Variables([Audiences.System, .. own]).ToDictionary(
            entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => entry.Value, StringComparer.Ordinal);
        if (own is [var audience])
        {
            settings["Authentication:ServiceAudience"] = audience;
        }

        return settings;
    }
}
