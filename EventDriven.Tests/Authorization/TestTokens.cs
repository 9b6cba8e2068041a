using System.Net.Http.Headers;
using EventDriven.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EventDriven.Tests.Authorization;

/// <summary>Tokens of the tests' own development issuer, and the settings of services that believe it.</summary>
internal static class TestTokens
{
    private static readonly string Key = DevelopmentIssuer.NewKey();
    private static readonly DevelopmentIssuer Issuer = new(Key, TimeProvider.System);

    /// <summary>Settings of a service in the environment Development, with <c>:</c> between the parts of their names.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = Variables(Audiences.System, Audiences.Inventory)
        .Append(new("Authentication__ServiceAudience", Audiences.Inventory))
        .ToDictionary(entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => entry.Value, StringComparer.Ordinal);

    /// <summary>A caller who may do everything, for tests of something else: every scope, and what other services may.</summary>
    public static string All { get; } = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = DevelopmentIssuer.Name,
        Audiences = { Audiences.System, Audiences.Inventory },
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime + TokenRequest.MaxLifetime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "tester", ["scope"] = string.Join(' ', Scopes.All) },
        SigningCredentials =
            new SigningCredentials(new SymmetricSecurityKey(Convert.FromBase64String(Key)), SecurityAlgorithms.HmacSha256),
    });

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
    public static string OfService(string audience) => Issuer.Issue(new TokenRequest("checkout") { Audience = audience });

    /// <summary>The client calls with this token from now on; with none for null.</summary>
    public static HttpClient As(this HttpClient client, string? token)
    {
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
