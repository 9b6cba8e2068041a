using System.ComponentModel.DataAnnotations;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>
/// Section <c>Authentication:OpenIdConnect</c>: people sign in at the identity provider (authorization code with PKCE). Without an
/// authority there is no such button.
/// </summary>
internal sealed class OpenIdConnectSettings : IValidatableObject
{
    public const string Section = "Authentication:OpenIdConnect";

    /// <summary>The provider's URL.</summary>
    public string? Authority { get; set; }

    /// <summary>This page's id at the provider.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The scopes to ask for, separated by spaces.</summary>
    public string Scope { get; set; } = "openid profile ops:read ops:write";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Authority) && (string.IsNullOrEmpty(ClientId) || string.IsNullOrEmpty(ClientSecret)))
        {
            yield return new ValidationResult(
                $"{Section}:Authority is set, and {Section}:ClientId or ClientSecret is not: set both as the provider has them.");
        }
    }
}
