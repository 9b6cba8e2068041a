using EventDriven.Identity;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Authorization;

/// <summary>
/// Checks at start that tokens come from somewhere, are for this service, and are signed by an identity provider outside of development.
/// </summary>
internal sealed class BearerOptionsValidation(IHostEnvironment environment, IOptions<IdentityOptions> identity)
    : IValidateOptions<JwtBearerOptions>
{
    private const string Bearer = "Authentication:Schemes:Bearer";

    public ValidateOptionsResult Validate(string? name, JwtBearerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Problems(options).ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Problems(JwtBearerOptions options)
    {
        var tokens = options.TokenValidationParameters;
        var audiences = (tokens.ValidAudiences ?? []).Append(tokens.ValidAudience).Append(options.Audience)
            .Where(audience => !string.IsNullOrEmpty(audience)).ToList();
        var hasKeys = tokens.IssuerSigningKey is not null || (tokens.IssuerSigningKeys?.Any() ?? false);
        if (hasKeys && !environment.IsDevelopment())
        {
            yield return $"{Bearer}:SigningKeys are for development: whoever knows such a key can make any token. The environment is "
                + $"{environment.EnvironmentName}. Set {Bearer}:Authority to your identity provider (docs/security.md), or "
                + "ASPNETCORE_ENVIRONMENT to Development.";
        }

        if (!hasKeys && string.IsNullOrEmpty(options.Authority) && string.IsNullOrEmpty(options.MetadataAddress))
        {
            yield return $"Nobody issues tokens: set {Bearer}:Authority to the URL of your identity provider (docs/security.md). During "
                + $"development, ./run.sh and `dotnet user-jwts` set {Bearer}:SigningKeys.";
        }

        if (audiences.Count == 0)
        {
            yield return $"Tokens for anybody would be accepted: set {Bearer}:ValidAudiences to the name that your identity provider gives "
                + $"this system, such as {Audiences.System}.";
        }

        if (!(tokens.ValidateAudience && tokens.ValidateIssuer && tokens.ValidateLifetime))
        {
            yield return $"{Bearer}:ValidateAudience, ValidateIssuer and ValidateLifetime must not be false.";
        }

        if (identity.Value.ServiceAudience is { } service && !audiences.Contains(service, StringComparer.Ordinal))
        {
            yield return $"{IdentityOptions.Section}:{nameof(IdentityOptions.ServiceAudience)} is '{service}', which is none of "
                + $"{Bearer}:ValidAudiences: add it there.";
        }
    }
}
