using System.Security.Claims;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Authorization;

/// <summary>
/// Callers are known by bearer tokens (JWT). Each endpoint names the scope that it needs; one that names nothing needs a valid token (the
/// fallback policy), and one for everybody says so.
/// </summary>
internal static class AuthorizationSetup
{
    private const string Audience = "aud";
    private const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    public static void AddIdentities(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<IdentityOptions>()
            .BindConfiguration(IdentityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddAuthentication(Scheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(Scheme)
            .Configure<IOptions<IdentityOptions>>(BearerTokens.Configure).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<JwtBearerOptions>, BearerOptionsValidation>();
        var authorization = builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(scope, policy => policy.RequireClaim(Scopes.Claim, Scopes.Allowing(scope)));
        }

        builder.Services.AddOptions<AuthorizationOptions>().Configure<IOptions<IdentityOptions>, IOptionsMonitor<JwtBearerOptions>>(
            (authorize, identity, bearer) => authorize.AddPolicy(
                Policies.Services, policy => policy.RequireAuthenticatedUser().RequireAssertion(
                    context => IsForThisServiceAlone(context.User, identity.Value, bearer.Get(Scheme)))));
    }

    public static void UseIdentities(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    // A token that the whole system accepts as well is that of a person.
    private static bool IsForThisServiceAlone(ClaimsPrincipal user, IdentityOptions identity, JwtBearerOptions bearer) =>
        identity.ServiceAudience is { } own && user.HasClaim(Audience, own)
        && !bearer.TokenValidationParameters.ValidAudiences.Any(other => other != own && user.HasClaim(Audience, other));
}
