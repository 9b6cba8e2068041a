using System.Security.Cryptography;
using EventDriven.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EventDriven.Tests.Authorization;

/// <summary>
/// An identity provider on loopback: OpenID Connect Discovery 1.0, its keys (RFC 7517), tokens by client credentials (RFC 6749 section
/// 4.4). It signs with RS256, as most do.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    /// <summary>The only client.</summary>
    public const string ClientId = "checkout-client";

    private const string TokenPath = "/token";

    private readonly WebApplication _app;
    private RSA _key = RSA.Create(2048);

    private IdentityProvider(WebApplication app) => _app = app;

    /// <summary>Its address, and the issuer of its tokens.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Where clients get tokens.</summary>
    public string TokenEndpoint => Url + TokenPath;

    /// <summary>The client's secret.</summary>
    public string ClientSecret { get; set; } = "first secret";

    /// <summary>How long the tokens of clients are valid, in seconds.</summary>
    public int ClientTokenSeconds { get; set; } = 3600;

    /// <summary>How many tokens clients were given.</summary>
    public int Issued { get; private set; }

    /// <summary>The forms that clients sent.</summary>
    public List<IReadOnlyDictionary<string, string>> Forms { get; } = [];

    public static async Task<IdentityProvider> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new IdentityProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = provider.Url,
            jwks_uri = $"{provider.Url}/keys",
            token_endpoint = provider.TokenEndpoint,
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { provider.PublicKey() } }));
        app.MapPost(TokenPath, (Delegate)provider.IssueToClientAsync);
        await app.StartAsync(cancellationToken);
        return provider;
    }

    /// <summary>The settings of a service that trusts it, with <c>:</c> between the parts of their names.</summary>
    public IReadOnlyDictionary<string, string> Settings(params IReadOnlyList<string> audiences)
    {
        const string Bearer = "Authentication:Schemes:Bearer";
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Bearer}:Authority"] = Url,
            [$"{Bearer}:RequireHttpsMetadata"] = "false",
        };
        foreach (var (index, audience) in audiences.Index())
        {
            settings[$"{Bearer}:ValidAudiences:{index}"] = audience;
        }

        return settings;
    }

    /// <summary>The settings of a service that calls another one with its tokens.</summary>
    public IReadOnlyDictionary<string, string> ClientSettings(string audience) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Authentication:Schemes:Bearer:RequireHttpsMetadata"] = "false",
        [$"Authentication:Clients:{audience}:TokenEndpoint"] = TokenEndpoint,
        [$"Authentication:Clients:{audience}:ClientId"] = ClientId,
        [$"Authentication:Clients:{audience}:ClientSecret"] = ClientSecret,
        [$"Authentication:Clients:{audience}:Audience"] = audience,
    };

    /// <summary>Issues a token.</summary>
    /// <param name="claims">All but issuer and times.</param>
    /// <param name="lifetime">How long it is valid; negative for one that has expired.</param>
    /// <param name="audience">Whom it is for.</param>
    public string Issue(IDictionary<string, object> claims, TimeSpan? lifetime = null, string audience = Audiences.System)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var expires = now + (lifetime ?? TimeSpan.FromHours(1));
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = audience,
            NotBefore = expires < now ? expires - TimeSpan.FromHours(1) : now,
            Expires = expires,
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key(), SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>From now on it signs with another key.</summary>
    public void ChangeKey() => _key = RSA.Create(2048);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private RsaSecurityKey Key() => new(_key) { KeyId = Convert.ToHexString(SHA256.HashData(_key.ExportRSAPublicKey()))[..16] };

    private object PublicKey()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = Key().KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }

    private async Task<IResult> IssueToClientAsync(HttpContext http)
    {
        var form = (await http.Request.ReadFormAsync(http.RequestAborted)).ToDictionary(
            field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        lock (Forms)
        {
            Forms.Add(form);
        }

        if (form.GetValueOrDefault("grant_type") != "client_credentials" || form.GetValueOrDefault("client_id") != ClientId
            || form.GetValueOrDefault("client_secret") != ClientSecret)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        Issued++;
        return Results.Json(new
        {
            access_token = Issue(
                new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = ClientId },
                TimeSpan.FromSeconds(ClientTokenSeconds), form.GetValueOrDefault("audience", Audiences.Inventory)),
            token_type = "Bearer",
            expires_in = ClientTokenSeconds,
        });
    }
}
