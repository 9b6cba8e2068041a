using System.ComponentModel.DataAnnotations;

namespace EventDriven.ServiceDefaults.Authorization;

/// <summary>
/// How a service reads tokens, in the section <c>Authentication</c>. Who issues them, for whom and with which keys is in
/// <c>Authentication:Schemes:Bearer</c> (docs/security.md).
/// </summary>
public sealed class IdentityOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Authentication";

    /// <summary>
    /// The claims with scopes, separated by spaces: <c>scope</c> (RFC 9068), <c>scp</c> of Entra ID; others are <c>roles</c> (Entra ID, for
    /// applications) and <c>permissions</c> (Auth0).
    /// </summary>
    [Required]
    public string ScopeClaims { get; set; } = "scope scp";

    /// <summary>The claim with a customer's id, a UUID.</summary>
    [Required]
    public string CustomerClaim { get; set; } = "sub";

    /// <summary>
    /// Whether the provider issues no e-mail address that it has not verified. Otherwise an address counts only beside the claim
    /// <c>email_verified</c> (OpenID Connect Core 1.0, section 5.1), because anybody may claim one.
    /// </summary>
    public bool EmailsAreVerified { get; set; }

    /// <summary>
    /// The audience of tokens with which other services call this one; one of <c>ValidAudiences</c>. Null when none calls it.
    /// </summary>
    public string? ServiceAudience { get; set; }
}
