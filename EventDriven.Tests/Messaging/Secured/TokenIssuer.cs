using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>
/// An identity provider on loopback: it gives tokens for client credentials (RFC 6749, 4.4). They are unsigned, as the broker of the tests
/// takes them.
/// </summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Secret = "client-s3cret";

    private readonly WebApplication _app;

    private TokenIssuer(WebApplication app) => _app = app;

    /// <summary>Where it gives tokens.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/token";

    /// <summary>Whether it knows its clients' secret.</summary>
    public bool KnowsClients { get; set; } = true;

    /// <summary>How long a token is valid.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        issuer._app.MapPost("/token", issuer.Issue);
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Issue(HttpRequest request)
    {
        var login = Encoding.UTF8.GetString(Convert.FromBase64String($"{request.Headers.Authorization}"["Basic ".Length..])).Split(':');
        if (!KnowsClients || login is not [var client, Secret])
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        var now = TimeProvider.System.GetUtcNow();
        var token = $"{Part(new { alg = "none" })}.{Part(new
        {
            sub = client,
            iat = now.ToUnixTimeSeconds(),
            exp = now.Add(Lifetime).ToUnixTimeSeconds(),
        })}.";
        return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = (int)Lifetime.TotalSeconds });
    }

    private static string Part(object claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
