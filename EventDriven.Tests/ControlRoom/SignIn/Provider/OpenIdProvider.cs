using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EventDriven.Tests.ControlRoom.SignIn.Provider;

/// <summary>
/// A real identity provider on loopback: OpenIddict with a client that must use the authorization code flow with PKCE. Whoever comes is
/// known to it as Ada.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "control-room";
    public const string ClientSecret = "a secret of the provider's only client";
    private const string Authorize = "connect/authorize";

    private readonly WebApplication _app;

    private OpenIdProvider(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The scopes that it gives, of those that are asked for.</summary>
    public IReadOnlyList<string> Grants { get; set; } = [];

    /// <summary>Whether it refuses.</summary>
    public bool Refuses { get; set; }

    /// <param name="scopes">The scopes that it knows.</param>
    /// <param name="hasOpaqueTokens">Whether nobody but itself can read its access tokens.</param>
    public static async Task<OpenIdProvider> StartAsync(IReadOnlyList<string> scopes, bool hasOpaqueTokens)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var database = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}";
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(database).UseOpenIddict());
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris(Authorize).SetTokenEndpointUris("connect/token");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes([Scopes.Profile, .. scopes]);
                server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                if (!hasOpaqueTokens)
                {
                    server.DisableAccessTokenEncryption();
                }

                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        var app = builder.Build();
        var provider = new OpenIdProvider(app);
        app.UseAuthentication();
        app.MapGet($"/{Authorize}", provider.Answer);
        await app.StartAsync(TestContext.Current.CancellationToken);

        // What it computes at its first answer, keys among it, is no part of how long the control room waits.
        using var http = new HttpClient { BaseAddress = new Uri(provider.Url) };
        foreach (var address in (string[])[".well-known/openid-configuration", ".well-known/jwks"])
        {
            await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        }

        return provider;
    }

    /// <summary>Registers the only client.</summary>
    /// <param name="redirect">Where it is sent back to.</param>
    /// <param name="scopes">What it may ask for.</param>
    public async Task RegisterAsync(Uri redirect, IReadOnlyList<string> scopes)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            RedirectUris = { redirect },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        client.Permissions.UnionWith(scopes.Select(name => Permissions.Prefixes.Scope + name));
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>()
            .CreateAsync(client, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Answer(HttpContext http)
    {
        const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
        if (Refuses)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "Ada may not.",
                }),
                [Scheme]);
        }

        var ada = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        ada.SetClaim(Claims.Subject, "7f3c").SetClaim(Claims.Name, "Ada Lovelace");
        ada.SetScopes(http.GetOpenIddictServerRequest()!.GetScopes().Where(scope => !scope.Contains(':', StringComparison.Ordinal)
            || Grants.Contains(scope)));
        ada.SetResources("eventdriven");
        ada.SetDestinations(claim => claim.Type == Claims.Name
            ? [Destinations.AccessToken, Destinations.IdentityToken]
            : [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(ada), properties: null, Scheme);
    }
}
