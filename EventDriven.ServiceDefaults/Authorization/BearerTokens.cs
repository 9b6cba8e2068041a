using System.Security.Claims;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Authorization;

/// <summary>Reads bearer tokens, and says in <c>WWW-Authenticate</c> what was missing (RFC 6750 section 3).</summary>
internal static class BearerTokens
{
    // Of the provider's keys, which the first request with a token waits for.
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public static void Configure(JwtBearerOptions bearer, IOptions<IdentityOptions> identity)
    {
        // Claims keep the names that they have in the token.
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters.NameClaimType = identity.Value.CustomerClaim;
        bearer.TokenValidationParameters.ClockSkew = ClockSkew;
        bearer.BackchannelTimeout = ProviderTimeout;
        var scopeClaims = identity.Value.ScopeClaims.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var emailsAreVerified = identity.Value.EmailsAreVerified;
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                var caller = (ClaimsIdentity)context.Principal!.Identity!;
                SeparateScopes(caller, scopeClaims);
                if (!emailsAreVerified)
                {
                    RemoveUnverifiedEmail(caller);
                }

                return Task.CompletedTask;
            },
            OnForbidden = NameScope,
        };
    }

    private static void SeparateScopes(ClaimsIdentity identity, string[] claims)
    {
        var scopes = identity.Claims
            .Where(claim => claims.Contains(claim.Type, StringComparer.Ordinal))
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);

        // A claim that is called like ours, but is not one of those with scopes, allows nothing.
        foreach (var claim in identity.FindAll(Scopes.Claim).ToList())
        {
            identity.RemoveClaim(claim);
        }

        identity.AddClaims(scopes.Select(scope => new Claim(Scopes.Claim, scope)));
    }

    private static void RemoveUnverifiedEmail(ClaimsIdentity identity)
    {
        if (!string.Equals(identity.FindFirst("email_verified")?.Value, bool.TrueString, StringComparison.OrdinalIgnoreCase))
        {
            foreach (var claim in identity.FindAll("email").ToList())
            {
                identity.RemoveClaim(claim);
            }
        }
    }

    private static Task NameScope(ForbiddenContext context)
    {
        var policies = context.HttpContext.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(data => data.Policy).Where(policy => policy is not null and not Policies.Services) ?? [];
        var scope = string.Join(' ', policies);
        context.Response.Headers.WWWAuthenticate =
            $"Bearer error=\"insufficient_scope\"{(scope.Length > 0 ? $", scope=\"{scope}\"" : "")}";
        return Task.CompletedTask;
    }
}
