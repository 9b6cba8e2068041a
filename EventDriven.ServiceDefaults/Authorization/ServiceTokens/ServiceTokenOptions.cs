namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>
/// How a service gets the tokens with which it calls another one: by its client id and secret (OAuth 2.0 client credentials, RFC 6749
/// section 4.4), in the section <c>Authentication:Clients:NAME</c>. During development it needs none of it.
/// </summary>
public sealed class ServiceTokenOptions
{
    /// <summary>The provider's token endpoint.</summary>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>This service's id at the provider.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Its secret. A changed one is used by the next request for a token, without a restart.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The scope to ask for, such as <c>api://inventory/.default</c> of Entra ID; null for none.</summary>
    public string? Scope { get; set; }

    /// <summary>The audience to ask for, by which Auth0 is told what the token is for; null for none.</summary>
    public string? Audience { get; set; }
}
