using System.Net;
using Checkout.Api.Orders;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class ReadOrderTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Unknown_order_is_404()
    {
        using var unknown = await Client.GetAsync($"/orders/{Guid.Empty}", TestContext.Current.CancellationToken);
        await unknown.ReadProblemAsync(HttpStatusCode.NotFound, "id");

        using var noId = await Client.GetAsync("/orders/my-order", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, noId.StatusCode);
        Assert.Equal("application/problem+json", noId.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Pages_hold_every_order_of_the_customer_once_newest_first()
    {
        var customer = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var placed = await InsertAsync(customer, 120);
        await InsertAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 3);

        var seen = new List<Guid>();
        var pages = 0;
        var next = $"/orders?customerId={customer}&limit=50";
        do
        {
            using var answer = await Client.GetAsync(next, TestContext.Current.CancellationToken);
            var page = await answer.ReadAsync(HttpStatusCode.OK);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetGuid()));
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
            Assert.Equal(next is null ? [] : [$"<{next}>; rel=\"next\""], answer.Headers.TryGetValues("Link", out var links) ? links : []);
            pages++;
        }
        while (next is not null);

        Assert.Equal(placed.AsEnumerable().Reverse(), seen);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task An_order_leads_to_its_events_and_they_lead_back()
    {
        var order = await Client.GetOrderAsync(await Client.PlaceAsync());
        var links = order.GetProperty("links");

        using var events = await Client.GetAsync(
            links.GetProperty("events").GetString(), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"<{links.GetProperty("self").GetString()}>; rel=\"up\"", events.Headers.GetValues("Link").Single());

        using var again = await Client.GetAsync(links.GetProperty("self").GetString(), TestContext.Current.CancellationToken);
        Assert.Equal(order.GetRawText(), (await again.ReadAsync(HttpStatusCode.OK)).GetRawText());
    }

    [Fact]
    public async Task Orders_of_all_customers_are_listed_with_their_lines_and_history()
    {
        var id = await Client.PlaceAsync();
        using var answer = await Client.GetAsync("/orders", TestContext.Current.CancellationToken);
        var page = await answer.ReadAsync(HttpStatusCode.OK);

        var newest = page.GetProperty("items")[0];
        Assert.Equal((await Client.GetOrderAsync(id)).GetRawText(), newest.GetRawText());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-5")]
    public async Task A_limit_out_of_bounds_is_422(string limit)
    {
        using var answer = await Client.GetAsync($"/orders?limit={limit}", TestContext.Current.CancellationToken);

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, "limit");
    }

    [Theory]
    [InlineData("limit=many", "limit")]
    [InlineData("after=yesterday", "after")]
    [InlineData("customerId=ada", "customerId")]
    public async Task What_cant_be_read_is_400(string query, string field)
    {
        using var answer = await Client.GetAsync($"/orders?{query}", TestContext.Current.CancellationToken);

        await answer.ReadProblemAsync(HttpStatusCode.BadRequest, field);
    }

    private Task<List<Guid>> InsertAsync(Guid customer, int count) => checkout.App.QueryAsync(async database =>
    {
        var ids = new List<Guid>();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < count; i++)
        {
            var line = new OrderLine { Number = 1, Sku = "mug-blue", Quantity = 1, UnitPrice = 12.00m };
            var id = Guid.CreateVersion7(now.AddMilliseconds(i - count));
            database.Add(Order.Place(id, customer, "ada@example.org", "EUR", [line], now).Order);
            ids.Add(id);
        }

        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        return ids;
    });
}
