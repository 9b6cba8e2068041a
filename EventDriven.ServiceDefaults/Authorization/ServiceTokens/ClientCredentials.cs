using Duende.IdentityModel.Client;

namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>Tokens of an identity provider, by client credentials. One is kept until shortly before it expires.</summary>
internal sealed class ClientCredentials(Func<ServiceTokenOptions> options, IHttpClientFactory clients, TimeProvider time) : IServiceTokens
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = nameof(ClientCredentials);

    // Of the token that is used meanwhile by calls that are under way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // When the provider doesn't say (RFC 6749 section 5.1 only recommends it).
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Kept? _kept;
    private Task<string>? _request;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        Task<string> request;
        lock (_gate)
        {
            if (_kept is { } kept && time.GetUtcNow() < kept.Until)
            {
                return kept.Token;
            }

            // One request for all who wait. It goes on when they give up, so that a slow provider still serves the next.
            request = _request is { IsCompleted: false } ? _request : _request = RequestAsync();
        }

        return await request.WaitAsync(cancellationToken);
    }

    public void Refused(string token)
    {
        lock (_gate)
        {
            _kept = _kept?.Token == token ? null : _kept;
        }
    }

    private async Task<string> RequestAsync()
    {
        var client = options();
        using var request = new ClientCredentialsTokenRequest
        {
            Address = client.TokenEndpoint!.AbsoluteUri,
            ClientId = client.ClientId,
            ClientSecret = client.ClientSecret,

            // Providers differ in how a header is to be encoded (RFC 6749 section 2.3.1), and all of them read the form.
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            Scope = client.Scope is { Length: > 0 } scope ? scope : null,
        };
        if (client.Audience is { Length: > 0 } audience)
        {
            request.Parameters.Add("audience", audience);
        }

        using var bounded = new CancellationTokenSource(Timeout, time);
        using var http = clients.CreateClient(Client);
        var answer = await http.RequestClientCredentialsTokenAsync(request, bounded.Token);
        if (answer.IsError || answer.AccessToken is not { Length: > 0 } token)
        {
            // Never the answer itself, which may hold a token.
            throw new HttpRequestException(
                $"{client.TokenEndpoint} gives {client.ClientId} no token: {answer.Error ?? "its answer has none"}.", answer.Exception);
        }

        var lifetime = answer.ExpiresIn > 0 ? TimeSpan.FromSeconds(answer.ExpiresIn) : UnknownLifetime;
        lock (_gate)
        {
            _kept = new Kept(token, time.GetUtcNow() + (lifetime > 2 * Margin ? lifetime - Margin : lifetime / 2));
        }

        return token;
    }

    private sealed record Kept(string Token, DateTimeOffset Until);
}
