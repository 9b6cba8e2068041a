using System.Net;
using System.Net.Http.Headers;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Authorization;

/// <summary>Outside of development, tokens are those of an OpenID Connect provider, and are checked to the letter.</summary>
public sealed class ProviderTokenTests(Servers servers) : IAsyncLifetime
{
    private static readonly Guid Ada = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private IdentityProvider? _provider;
    private CheckoutAppOptions? _options;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IdentityProvider Provider => _provider!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync(Token);
        _options = new CheckoutAppOptions(await servers.CreateDatabaseAsync(Token), servers.Redis)
        {
            Environment = "Production",
            Provider = $"http://{CheckoutApp.Away}",
            Identities = Settings(),
            Token = null,
        };
    }

    public async ValueTask DisposeAsync() => await Provider.DisposeAsync();

    [Fact]
    public async Task Its_tokens_are_accepted_and_its_claims_say_who_and_what()
    {
        await using var app = new CheckoutApp(_options!);
        var id = await app.Client.As(Provider.Issue(Claims())).PlaceAsync(new OrderBody { CustomerId = Ada });

        Assert.Equal(Ada, (await app.Client.GetOrderAsync(id)).GetProperty("customerId").GetGuid());
    }

    public static TheoryData<string> Wrong =>
    [
        "expired", "for another audience", "without audience", "of another issuer", "without signature", "changed",
        "signed with the development key", "not a token",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Whatever_else_is_refused(string how)
    {
        await using var other = await IdentityProvider.StartAsync(Token);
        await using var app = new CheckoutApp(_options!);
        var good = Provider.Issue(Claims());
        var token = how switch
        {
            "expired" => Provider.Issue(Claims(), TimeSpan.FromMinutes(-2)),
            "for another audience" => Provider.Issue(Claims(), audience: Audiences.Inventory),
            "without audience" => Provider.Issue(Claims(), audience: ""),
            "of another issuer" => other.Issue(Claims()),
            "without signature" => $"{good[..good.LastIndexOf('.')]}.",
            "changed" => Changed(good),
            "signed with the development key" => TestTokens.All,
            _ => how,
        };

        using var answer = await app.Client.As(token).GetAsync("/orders", Token);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Who_lacks_a_scope_is_told_which()
    {
        await using var app = new CheckoutApp(_options!);
        app.Client.As(Provider.Issue(Claims(("scope", "stock:read profile"))));

        using var answer = await app.Client.GetAsync("/orders", Token);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(
            new AuthenticationHeaderValue("Bearer", "error=\"insufficient_scope\", scope=\"orders\""),
            Assert.Single(answer.Headers.WwwAuthenticate));
    }

    // Entra ID: scp for people, roles for applications. Auth0: permissions. `dotnet user-jwts`: one claim for each scope.
    [Theory]
    [InlineData("", "scp", "openid orders")]
    [InlineData("", "scope", "orders", "openid")]
    [InlineData("scp roles", "roles", "openid", "orders")]
    [InlineData("permissions", "permissions", "orders")]
    public async Task Scopes_are_where_the_provider_puts_them(string setting, string claim, params string[] scopes)
    {
        await using var app = new CheckoutApp(_options! with { Identities = Settings(("Authentication:ScopeClaims", setting)) });
        app.Client.As(Provider.Issue(Claims((claim, scopes is [var one] ? one : scopes))));

        using var answer = await app.Client.GetAsync("/orders", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_scope_in_a_claim_that_has_none_allows_nothing()
    {
        await using var app = new CheckoutApp(_options! with { Identities = Settings(("Authentication:ScopeClaims", "roles")) });
        app.Client.As(Provider.Issue(Claims(("scope", "orders:write"))));

        using var answer = await app.Client.GetAsync("/orders", Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_customers_id_is_in_the_claim_that_is_named()
    {
        await using var app = new CheckoutApp(_options! with { Identities = Settings(("Authentication:CustomerClaim", "shop_customer")) });
        app.Client.As(Provider.Issue(Claims(("sub", "auth0|123"), ("shop_customer", Ada.ToString()))));

        var id = await app.Client.PlaceAsync(new OrderBody { CustomerId = Ada });

        Assert.Equal(Ada, (await app.Client.GetOrderAsync(id)).GetProperty("customerId").GetGuid());
    }

    [Theory]
    [InlineData(false, false, HttpStatusCode.Forbidden)]
    [InlineData("no", false, HttpStatusCode.Forbidden)]
    [InlineData(null, false, HttpStatusCode.Forbidden)]
    [InlineData(true, false, HttpStatusCode.Created)]
    [InlineData("True", false, HttpStatusCode.Created)]
    [InlineData(null, true, HttpStatusCode.Created)]
    public async Task An_address_that_the_provider_does_not_call_verified_is_nobodys(object? verified, bool all, HttpStatusCode status)
    {
        await using var app = new CheckoutApp(_options! with { Identities = Settings(("Authentication:EmailsAreVerified", $"{all}")) });
        app.Client.As(Provider.Issue(Claims(("email_verified", verified))));

        using var answer = await app.Client.PlaceAsync(new OrderBody { CustomerId = Ada }, CheckoutHttp.NewKey());

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_believed_without_a_restart()
    {
        await using var app = new CheckoutApp(_options!);
        using var before = await app.Client.As(Provider.Issue(Claims())).GetAsync("/orders", Token);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        Provider.ChangeKey();
        app.Client.As(Provider.Issue(Claims()));

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await app.Client.GetAsync("/orders", Token);
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task The_public_document_shows_no_order()
    {
        await using var app = new CheckoutApp(_options!);
        var id = await app.Client.As(Provider.Issue(Claims())).PlaceAsync(new OrderBody { CustomerId = Ada });

        var document = await app.Client.As(null).GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Token);
        var page = await app.Client.GetStringAsync(new Uri("/scalar/v1", UriKind.Relative), Token);

        Assert.Contains("/orders/{id}", document, StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), document, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", page, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Claims(params IReadOnlyList<(string Name, object? Value)> others)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = Ada.ToString(),
            ["email"] = "ada@example.org",
            ["email_verified"] = true,
        };
        foreach (var (name, value) in others)
        {
            if (value is null)
            {
                claims.Remove(name);
                continue;
            }

            claims[name] = value;
        }

        if (!others.Any(claim => claim.Name is "scope" or "scp" or "roles" or "permissions"))
        {
            claims["scope"] = "openid orders";
        }

        return claims;
    }

    // Another customer's id, under the signature that was for this one's.
    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))
            .Replace(Ada.ToString(), Guid.Empty.ToString(), StringComparison.Ordinal);
        return $"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }

    private Dictionary<string, string> Settings(params IReadOnlyList<(string Name, string Value)> others) =>
        Provider.Settings(Audiences.System)
            .Union(Provider.ClientSettings(Audiences.Inventory))
            .Concat(others.Where(setting => setting.Value.Length > 0).Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .ToDictionary(StringComparer.Ordinal);
}
