using EventDriven.Identity;

namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>Tokens of the development issuer, one for each call.</summary>
internal sealed class DevelopmentTokens(DevelopmentIssuer issuer, TokenRequest request) : IServiceTokens
{
    private readonly TokenRequest _request = request with { Lifetime = TimeSpan.FromMinutes(5) };

    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(issuer.Issue(_request));

    public void Refused(string token)
    {
        // The next one is another anyway.
    }
}
