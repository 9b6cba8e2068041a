using System.Net;
using System.Net.Http.Json;
using EventDriven.Identity;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Authorization;

/// <summary>A customer uses what is its own. What is another's does not exist for it.</summary>
[Collection<CheckoutCollection>]
public sealed class OwnershipTests(CheckoutFixture checkout) : IDisposable
{
    private const string Email = "ada@example.org";

    private readonly Guid _ada = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly List<HttpClient> _clients = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Ada => Client(TestTokens.OfCustomer(_ada, Email));

    private HttpClient Eve => Client(TestTokens.OfCustomer(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "eve@example.org"));

    private HttpClient BackOffice => Client(TestTokens.Of(Scopes.OrdersWrite));

    [Fact]
    public async Task A_customer_places_reads_watches_lists_and_cancels_its_own_orders()
    {
        var id = await Ada.PlaceAsync(Order());

        Assert.Equal(_ada, (await Ada.GetOrderAsync(id)).GetProperty("customerId").GetGuid());
        Assert.Equal([id], await ListAsync(Ada));
        using var watched = await Ada.GetAsync($"/orders/{id}/events", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, watched.StatusCode);
        using var cancelled = await Ada.CancelAsync(id);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
    }

    [Fact]
    public async Task Another_customers_order_is_404_in_every_way_and_stays_as_it_is()
    {
        var id = await Ada.PlaceAsync(Order());

        using var read = await Eve.GetAsync($"/orders/{id}", Token);
        using var watched = await Eve.GetAsync($"/orders/{id}/events", Token);
        using var cancelled = await Eve.CancelAsync(id);

        await read.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "not-found", "id");
        await watched.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "not-found", "id");
        await cancelled.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "not-found", "id");
        Assert.Empty(await ListAsync(Eve));
        Assert.Empty(await ListAsync(Eve, $"?customerId={_ada}"));
        Assert.Equal("Placed", (await Ada.GetOrderAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_back_office_uses_everybodys_orders()
    {
        var id = await Ada.PlaceAsync(Order());

        Assert.Equal([id], await ListAsync(BackOffice, $"?customerId={_ada}"));
        using var cancelled = await BackOffice.CancelAsync(id);
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("Cancelled", (await Ada.GetOrderAsync(id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Nobody_orders_in_the_name_of_another()
    {
        using var answer = await Eve.PlaceAsync(Order() with { Email = "eve@example.org" }, CheckoutHttp.NewKey());

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden", "customerId");
        Assert.Empty(await ListAsync(Ada));
    }

    [Theory]
    [InlineData("victim@example.org", Email)]
    [InlineData(Email, null)]
    public async Task Nobody_has_mail_sent_to_an_address_that_is_not_its_own(string address, string? own)
    {
        var client = Client(TestTokens.OfCustomer(_ada, own));

        using var order = await client.PlaceAsync(Order() with { Email = address }, CheckoutHttp.NewKey());
        using var signUp = await client.PostAsJsonAsync("/customers", new { email = address, name = "Ada" }, Token);

        await order.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden", "email");
        await signUp.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden", "email");
        Assert.Empty(await ListAsync(client));
    }

    [Fact]
    public async Task A_customer_signs_up_once_under_the_id_of_its_token()
    {
        var address = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";
        var client = Client(TestTokens.OfCustomer(_ada, address));

        using var first = await client.PostAsJsonAsync("/customers", new { email = address.ToUpperInvariant(), name = "Ada" }, Token);
        using var second = await client.PostAsJsonAsync("/customers", new { email = address, name = "Ada" }, Token);

        Assert.Equal(_ada, (await first.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
        await second.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "signed-up-already", "email");
    }

    /// <summary>The order has made the key of its data, and the sign-up uses it.</summary>
    [Fact]
    public async Task A_customer_who_has_ordered_signs_up_too()
    {
        var address = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}@example.org";
        var client = Client(TestTokens.OfCustomer(_ada, address));
        await client.PlaceAsync(Order() with { Email = address });
        await using var another = new CheckoutApp(checkout.Options with { Token = TestTokens.OfCustomer(_ada, address) });

        using var answer = await another.Client.PostAsJsonAsync("/customers", new { email = address, name = "Ada" }, Token);

        Assert.Equal(_ada, (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
        Assert.Single(await checkout.App.QueryAsync(
            database => database.CustomerKeys.Where(key => key.CustomerId == _ada).ToListAsync(Token)));
    }

    [Fact]
    public async Task Who_was_forgotten_does_not_sign_up_under_the_same_id()
    {
        var id = await Ada.PlaceAsync(Order());
        using var forgotten = await BackOffice.DeleteAsync($"/customers/{_ada}", Token);
        Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);

        using var signUp = await Ada.PostAsJsonAsync("/customers", new { email = Email, name = "Ada" }, Token);
        using var order = await Ada.PlaceAsync(Order(), CheckoutHttp.NewKey());

        await signUp.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "customer-forgotten", "customerId");
        await order.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "customer-forgotten", "customerId");
        Assert.Equal([id], await ListAsync(Ada));
    }

    [Fact]
    public async Task Customers_cannot_take_or_ask_for_the_keys_of_others()
    {
        var key = CheckoutHttp.NewKey();
        using var ada = await Ada.PlaceAsync(Order(), key);
        var eve = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var other = await Client(TestTokens.OfCustomer(eve, Email)).PlaceAsync(Order() with { CustomerId = eve.ToString() }, key);
        using var again = await Ada.PlaceAsync(Order(), key);

        var (first, second) = (await ada.ReadAsync(HttpStatusCode.Created), await other.ReadAsync(HttpStatusCode.Created));
        Assert.NotEqual(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(first.GetProperty("id").GetGuid(), (await again.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_token_that_names_no_customer_orders_nothing_and_signs_nobody_up()
    {
        var client = Client(TestTokens.Of(Scopes.Orders));

        using var order = await client.PlaceAsync(Order(), CheckoutHttp.NewKey());
        using var signUp = await client.PostAsJsonAsync("/customers", new { email = Email, name = "Ada" }, Token);

        await order.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden", "customerId");
        await signUp.ReadProblemOfCodeAsync(HttpStatusCode.Forbidden, "forbidden", "customerId");
        Assert.Empty(await ListAsync(client));
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private static async Task<List<Guid>> ListAsync(HttpClient client, string query = "")
    {
        using var answer = await client.GetAsync($"/orders{query}", Token);
        return [.. (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("items").EnumerateArray()
            .Select(order => order.GetProperty("id").GetGuid())];
    }

    private OrderBody Order() => new() { CustomerId = _ada.ToString(), Email = Email };

    private HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = checkout.App.Client.BaseAddress }.As(token);
        _clients.Add(client);
        return client;
    }
}
