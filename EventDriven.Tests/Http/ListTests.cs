using System.Net;
using System.Text.Json;
using EventDriven.Tests.Checkout.Host;
using Inventory.Worker.Database;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;

namespace EventDriven.Tests.Http;

/// <summary>Each list leads from page to page, and every entry is on one of them.</summary>
public sealed class ListTests(Servers servers)
{
    private static readonly string[] Skus =
    [
        "filter-paper", "honey-acacia", "kettle-steel", "mug-blue", "mug-white", "pot-iron",
        "tea-assam", "tea-darjeeling", "tea-earl-grey", "tea-oolong", "tea-rooibos", "tea-sencha",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Products_are_what_is_sold_with_a_price_in_each_currency()
    {
        await using var app = await AllServices.StartAsync("checkout", servers);

        var products = await FollowAsync(app.Client, "/products?limit=5", expectedPages: 3);

        Assert.Equal(Skus, products.Select(p => p.GetProperty("sku").GetString()));
        Assert.Equal(6.90m, products[8].GetProperty("prices").GetProperty("EUR").GetDecimal());
        Assert.All(
            products, p => Assert.Equal(["EUR", "GBP", "USD"], p.GetProperty("prices").EnumerateObject().Select(price => price.Name)));
    }

    [Fact]
    public async Task Stock_is_listed_by_SKU()
    {
        await using var app = await ServiceApp<InventoryDbContext>.StartAsync(servers, "inventorydb");

        var stock = await FollowAsync(app.Client, "/stock?limit=4", expectedPages: 3);

        Assert.Equal(Skus, stock.Select(s => s.GetProperty("sku").GetString()));
        Assert.Equal(1_000, stock[0].GetProperty("available").GetInt32());
    }

    [Fact]
    public async Task Messages_of_one_moment_are_each_on_one_page()
    {
        await using var app = await ServiceApp<NotificationsDbContext>.StartAsync(servers, "notificationsdb");
        var order = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var happenedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await app.QueryAsync(database =>
        {
            database.AddRange(Enumerable.Range(0, 7).Select(i => new Message
            {
                Identity = Guid.CreateVersion7(happenedAt.AddMilliseconds(i / 2)),
                EventId = "1",
                Kind = MessageKind.OrderReceived,
                About = order,
                Subject = "",
                Body = "",
                State = MessageState.Sent,
                HappenedAt = happenedAt,
                DueAt = happenedAt,
                CorrelationId = "test",
            }));
            return database.SaveChangesAsync(Token);
        });

        var messages = await FollowAsync(app.Client, $"/messages?orderId={order}&limit=3", expectedPages: 3);

        Assert.Equal(7, messages.Select(m => m.GetProperty("id").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(7, messages.Count);
    }

    [Theory]
    [InlineData("checkout", "/products?limit=0", "limit")]
    [InlineData("inventory", "/stock?limit=1000", "limit")]
    [InlineData("inventory", "/stock?after=%1b", "after")]
    [InlineData("notifications", "/messages?orderId=0190a1b2-0000-7000-8000-000000000001&after=x", "after")]
    [InlineData("analytics", "/analytics/top-skus?limit=101", "limit")]
    [InlineData("recommendations", "/recommendations/mug-blue?limit=51", "limit")]
    public async Task What_no_page_can_be_is_422(string service, string path, string field)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        using var answer = await app.Client.GetAsync(path, Token);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.UnprocessableEntity, "invalid-values", field);
    }

    private static async Task<List<JsonElement>> FollowAsync(HttpClient client, string first, int expectedPages)
    {
        var items = new List<JsonElement>();
        var next = first;
        for (var pages = 1; ; pages++)
        {
            using var answer = await client.GetAsync(next, Token);
            var page = await answer.ReadAsync(HttpStatusCode.OK);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
            Assert.Equal(next is null ? [] : [$"<{next}>; rel=\"next\""], answer.Headers.TryGetValues("Link", out var links) ? links : []);
            if (next is null)
            {
                Assert.Equal(expectedPages, pages);
                return items;
            }
        }
    }
}
