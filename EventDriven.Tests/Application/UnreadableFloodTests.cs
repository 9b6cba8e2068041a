using System.Net;
using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>Laws L4 and L8: a producer that sends what nobody can read stops no group, and is seen by each.</summary>
public sealed class UnreadableFloodTests
{
    private const int RecordsATopic = 300;

    // Of what Analytics hears besides, it drops what it can't read.
    private static readonly (string Service, TopicDefinition[] Topics)[] Readers =
    [
        ("checkout", [Topics.Inventory]),
        ("inventory", [Topics.Orders]),
        ("notifications", [Topics.Orders, Topics.Payments, Topics.Customers]),
        ("analytics", [Topics.Orders, Topics.Payments, Topics.Inventory, Topics.Customers]),
        ("recommendations", [Topics.Orders]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flood_of_unreadable_records_on_every_topic_stops_no_order_and_every_service_says_what_it_cannot_read()
    {
        await using var system = await SystemUnderTest.StartAsync(replicas: 1, Token);
        var client = new SystemClient(system);
        var log = new Log(await system.ConnectionStringAsync("kafka"));
        await client.SetStockAsync("tea-assam", 1_000);

        var flooding = Task.WhenAll(Topics.All.Select(topic => log.FloodAsync(topic, RecordsATopic)));
        var orders = await client.PlaceManyAsync(Orders(40));
        await flooding;
        foreach (var (service, topics) in Readers)
        {
            await IsDegradedByAsync(system, service, topics);
        }

        orders.AddRange(await client.PlaceManyAsync(Orders(40)));

        await client.ReachAsync(orders, "Confirmed");
        foreach (var order in orders)
        {
            await client.AreSentAsync(order.Id, "order-received", "order-confirmed");
        }

        await client.AnalyticsShowsAsync(orders, "Confirmed");
        Assert.Equal(1_000 - orders.Count, (await client.StockAsync("tea-assam")).Available);
        foreach (var (service, _) in Readers)
        {
            var (code, status, _) = await HealthAsync(system, service);
            Assert.Equal((HttpStatusCode.OK, "degraded"), (code, status));
        }
    }

    private static IEnumerable<OrderRequest> Orders(int count) =>
        Enumerable.Repeat(0, count).Select(_ => new OrderRequest { Sku = "tea-assam" });

    private static async Task IsDegradedByAsync(SystemUnderTest system, string service, TopicDefinition[] topics)
    {
        var (code, status, checks) = await Eventually.GetAsync(
            () => HealthAsync(system, service),
            health =>
                Array.TrueForAll(
                    topics, topic =>
                        Description(health.Checks).Contains($"record(s) of {topic.Name} within a minute", StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.OK, "degraded"), (code, status));
        Assert.Contains($"Group '{service}' could not read ", Description(checks), StringComparison.Ordinal);
        Assert.Equal("healthy", checks.GetProperty("consumer").GetProperty("status").GetString());
    }

    private static string Description(JsonElement checks) => checks.GetProperty("unreadable").GetProperty("description").GetString() ?? "";

    private static async Task<(HttpStatusCode Code, string? Status, JsonElement Checks)> HealthAsync(SystemUnderTest system, string service)
    {
        using var answer = await system.Http(service).GetAsync("/health", Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("checks").Clone());
    }
}
