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
    public static IReadOnlyDictionary<string, string> Settings { get; } = AsSettings(Variables(Audiences.System));

    /// <summary>Those of Inventory, which is called by other services too.</summary>
    public static IReadOnlyDictionary<string, string> SettingsOfInventory { get; } =
        new Dictionary<string, string>(AsSettings(Variables(Audiences.System, Audiences.Inventory)), StringComparer.Ordinal)
        {
            ["Authentication:ServiceAudience"] = Audiences.Inventory,
        };

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
    public static string OfService(string audience) => Issuer.Issue(new TokenRequest("checkout") { Audience = audience });

    /// <summary>A token for the whole system and for Inventory, as some providers give to people.</summary>
    public static string OfTwoAudiences() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = DevelopmentIssuer.Name,
        Audiences = { Audiences.System, Audiences.Inventory },
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime + TokenRequest.MaxLifetime,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "tester" },
        SigningCredentials =
            new SigningCredentials(new SymmetricSecurityKey(Convert.FromBase64String(Key)), SecurityAlgorithms.HmacSha256),
    });

    /// <summary>The request is another service's, for Inventory.</summary>
    public static HttpRequestMessage AsService(this HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", OfService(Audiences.Inventory));
        return request;
    }

    /// <summary>The client calls with this token from now on; with none for null.</summary>
    public static HttpClient As(this HttpClient client, string? token)
    {
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static Dictionary<string, string> AsSettings(IReadOnlyDictionary<string, string> variables) =>
        variables.ToDictionary(
            entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => entry.Value, StringComparer.Ordinal);
}
