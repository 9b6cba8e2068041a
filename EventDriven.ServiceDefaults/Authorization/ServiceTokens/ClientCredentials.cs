using Duende.IdentityModel.Client;

namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>Tokens of an identity provider, by client credentials. One is kept until shortly before it expires.</summary>
internal sealed class ClientCredentials(Func<ServiceTokenOptions> options, IHttpClientFactory clients, TimeProvider time)
    : IServiceTokens, IDisposable
{
    // Of the token that is used meanwhile by calls that are under way.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Kept? _kept;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } current)
        {
            return current;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Current() ?? await RequestAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Refused(string token)
    {
        if (Volatile.Read(ref _kept) is { } kept && kept.Token == token)
        {
            Interlocked.CompareExchange(ref _kept, null, kept);
        }
    }

    public void Dispose() => _one.Dispose();

    private string? Current() => Volatile.Read(ref _kept) is { } kept && time.GetUtcNow() < kept.Until ? kept.Token : null;

    private async Task<string> RequestAsync(CancellationToken cancellationToken)
    {
        var client = options();
        using var request = new ClientCredentialsTokenRequest
        {
            Address = client.TokenEndpoint!.AbsoluteUri,
            ClientId = client.ClientId,
            ClientSecret = client.ClientSecret,

            // Providers differ in how a header is to be encoded (RFC 6749 section 2.3.1), and all of them read the form.
            ClientCredentialStyle = ClientCredentialStyle.PostBody,
            Scope = client.Scope,
        };
        if (client.Audience is not null)
        {
            request.Parameters.Add("audience", client.Audience);
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Timeout);
        using var http = clients.CreateClient(nameof(ClientCredentials));
        var answer = await http.RequestClientCredentialsTokenAsync(request, bounded.Token);
        if (answer.IsError || answer.AccessToken is not { Length: > 0 } token)
        {
            // Never the answer itself, which may hold a token.
            throw new HttpRequestException(
                $"{client.TokenEndpoint} gives {client.ClientId} no token: {answer.Error ?? "its answer has none"}.", answer.Exception);
        }

        Volatile.Write(ref _kept, new Kept(token, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin));
        return token;
    }

    private sealed record Kept(string Token, DateTimeOffset Until);
}
