using System.Collections.Concurrent;
using System.Net;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EventDriven.Tests.Authorization;

/// <summary>Checkout calls Inventory with tokens that are for Inventory alone.</summary>
public sealed class ServiceTokenTests(Servers servers) : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _seen = [];
    private FakeInventory? _inventory;
    private CheckoutAppOptions? _options;
    private IdentityProvider? _provider;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IdentityProvider Provider => _provider!;

    public async ValueTask InitializeAsync()
    {
        _inventory = await FakeInventory.StartAsync();
        _inventory.Answer = http =>
        {
            _seen.Enqueue(http.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
            return Task.FromResult(FakeInventory.Held);
        };
        _provider = await IdentityProvider.StartAsync(Token);
        _options = new CheckoutAppOptions(await servers.CreateDatabaseAsync(Token), servers.Redis) { Inventory = _inventory.Url };
    }

    public async ValueTask DisposeAsync()
    {
        await _inventory!.DisposeAsync();
        await Provider.DisposeAsync();
    }

    [Fact]
    public async Task During_development_it_makes_them_itself()
    {
        await using var app = new CheckoutApp(_options!);

        await OrderAsync(app, HttpStatusCode.Created);

        var token = new JsonWebToken(Assert.Single(_seen));
        Assert.Equal((DevelopmentIssuer.Name, Audiences.Inventory), (token.Issuer, Assert.Single(token.Audiences)));
        Assert.True(token.ValidTo < TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(6));
    }

    [Fact]
    public async Task A_deployment_gets_them_from_the_provider_and_keeps_one_while_it_is_valid()
    {
        await using var app = new CheckoutApp(WithProvider());

        await OrderAsync(app, HttpStatusCode.Created);
        await OrderAsync(app, HttpStatusCode.Created);

        Assert.Equal(2, _seen.Count);
        Assert.Equal(Audiences.Inventory, Assert.Single(new JsonWebToken(Assert.Single(_seen.Distinct())).Audiences));
        Assert.Equal(1, Provider.Issued);
        Assert.Equal(Audiences.Inventory, Assert.Single(Provider.Forms)["audience"]);
    }

    [Fact]
    public async Task One_that_is_about_to_expire_is_replaced()
    {
        Provider.ClientTokenSeconds = 2;
        await using var app = new CheckoutApp(WithProvider());

        await OrderAsync(app, HttpStatusCode.Created);
        await Eventually.TrueAsync(async () =>
        {
            await OrderAsync(app, HttpStatusCode.Created);
            return Provider.Issued == 2;
        });
    }

    [Fact]
    public async Task One_that_is_refused_is_not_used_again()
    {
        await using var app = new CheckoutApp(WithProvider());
        await OrderAsync(app, HttpStatusCode.Created);
        _inventory!.Answer = _ => Task.FromResult(Results.Unauthorized());
        await OrderAsync(app, HttpStatusCode.ServiceUnavailable);
        _inventory.Answer = _ => Task.FromResult(FakeInventory.Held);

        // An order that gets no answer in time on a busy machine is refused, too, and asks for no further token.
        await Eventually.TrueAsync(() => IsPlacedAsync(app));

        Assert.Equal(2, Provider.Issued);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_ordered_and_a_new_secret_mends_it_without_a_restart()
    {
        var options = WithProvider();
        Provider.ClientSecret = "second secret";
        var settings = Directory.CreateTempSubdirectory("eventdriven-secrets-");
        try
        {
            await using var app = new CheckoutApp(options with { SecretsFolder = settings.FullName });
            await OrderAsync(app, HttpStatusCode.ServiceUnavailable);
            Assert.Empty(_seen);

            await File.WriteAllTextAsync(
                Path.Combine(settings.FullName, "Authentication__Clients__inventory__ClientSecret"), "second secret", Token);

            await Eventually.TrueAsync(() => IsPlacedAsync(app));
        }
        finally
        {
            settings.Delete(recursive: true);
        }
    }

    private static async Task OrderAsync(CheckoutApp app, HttpStatusCode status)
    {
        using var answer = await app.Client.PlaceAsync(new OrderBody { Reservation = "immediate" }, CheckoutHttp.NewKey());
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<bool> IsPlacedAsync(CheckoutApp app)
    {
        using var answer = await app.Client.PlaceAsync(new OrderBody { Reservation = "immediate" }, CheckoutHttp.NewKey());
        return answer.StatusCode == HttpStatusCode.Created;
    }

    private CheckoutAppOptions WithProvider() => _options! with
    {
        Identities = TestTokens.Settings.Concat(Provider.ClientSettings(Audiences.Inventory)).ToDictionary(StringComparer.Ordinal),
    };
}
