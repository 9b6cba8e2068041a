using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Http;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Authorization;

/// <summary>What whoever reached the network could do before callers had identities is over, one thing a test.</summary>
[Collection<CheckoutCollection>]
public sealed class AnonymousCallerTests(CheckoutFixture checkout, Servers servers) : IDisposable
{
    private const string SomebodysAddress = "somebody@example.org";

    private readonly HttpClient _anybody = checkout.App.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient BackOffice => checkout.App.Client;

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders/{0}")]
    [InlineData("/orders/{0}/events")]
    public async Task Reads_no_order(string path)
    {
        var id = await BackOffice.PlaceAsync();

        using var answer = await _anybody.GetAsync(string.Format(null, path, id), Token);

        await IsRefusedAsync(answer, hidden: id.ToString());
    }

    [Theory]
    [InlineData("/analytics/revenue")]
    [InlineData("/analytics/orders-by-state")]
    [InlineData("/analytics/top-skus")]
    [InlineData("/analytics/time-to-confirm")]
    [InlineData("/analytics/sign-ups")]
    public async Task Reads_no_figure(string path)
    {
        await using var analytics = await AllServices.StartAsync("analytics", servers);

        using var answer = await analytics.Client.As(null).GetAsync(path, Token);

        await IsRefusedAsync(answer);
    }

    [Fact]
    public async Task Cancels_no_order()
    {
        var id = await BackOffice.PlaceAsync();

        using var answer = await _anybody.CancelAsync(id);

        await IsRefusedAsync(answer);
        Assert.Equal("Placed", (await BackOffice.GetOrderAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Pays_no_order()
    {
        var id = await BackOffice.PlaceAsync();

        using var answer = await _anybody.PostAsJsonAsync(
            "/payments/webhook",
            new { orderId = id, providerReference = "made-up", amount = 1, currency = "EUR" },
            Token);

        await answer.ReadProblemAsync(HttpStatusCode.Unauthorized, "webhook-id", "webhook-timestamp", "webhook-signature");
        Assert.Equal(0, (await BackOffice.GetOrderAsync(id)).GetProperty("payment").GetProperty("paid").GetDecimal());
    }

    [Fact]
    public async Task Sets_no_stock()
    {
        await using var inventory = await AllServices.StartAsync("inventory", servers);

        using var answer = await inventory.Client.As(null).PutAsJsonAsync("/stock/mug-blue", new { available = 1 }, Token);

        await IsRefusedAsync(answer);
        var stock = await inventory.Client.As(TestTokens.Of(Scopes.StockRead)).GetFromJsonAsync<JsonElement>("/stock/mug-blue", Token);
        Assert.Equal(1000, stock.GetProperty("available").GetInt32());
    }

    [Fact]
    public async Task Holds_no_stock_without_an_order()
    {
        await using var inventory = await AllServices.StartAsync("inventory", servers);

        using var answer = await inventory.Client.As(null).PostAsJsonAsync(
            "/reservations",
            new { orderId = CheckoutHttp.NewKey(), lines = new[] { new { sku = "mug-blue", quantity = 1000 } } },
            Token);

        await IsRefusedAsync(answer);
        var stock = await inventory.Client.As(TestTokens.Of(Scopes.StockRead)).GetFromJsonAsync<JsonElement>("/stock/mug-blue", Token);
        Assert.Equal((1000, 0), (stock.GetProperty("available").GetInt32(), stock.GetProperty("reserved").GetInt32()));
    }

    [Fact]
    public async Task Has_no_mail_sent()
    {
        var customer = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        using var order = await _anybody.PlaceAsync(
            new OrderBody { CustomerId = customer, Email = SomebodysAddress }, CheckoutHttp.NewKey());
        using var signUp = await _anybody.PostAsJsonAsync("/customers", new { email = SomebodysAddress, name = "Somebody" }, Token);

        await IsRefusedAsync(order);
        await IsRefusedAsync(signUp);
        Assert.False(await checkout.App.QueryAsync(database => database.Orders.AnyAsync(o => o.CustomerId == customer, Token)));
    }

    public void Dispose() => _anybody.Dispose();

    private static async Task IsRefusedAsync(HttpResponseMessage answer, string? hidden = null)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(hidden is null || !body.Contains(hidden, StringComparison.Ordinal), body);
    }
}
