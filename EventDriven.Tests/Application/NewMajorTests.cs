using System.Net.Http.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using EventDriven.Tests.Authorization;

namespace EventDriven.Tests.Application;

/// <summary>
/// Laws L5, L6 and L7: a topic moves to its next major version by the steps of docs/evolution.md while the whole application works.
/// </summary>
[Collection(ApplicationTests.Name)]
public sealed class NewMajorTests(OneOfEach application) : IAsyncDisposable
{
    private const int OrdersATime = 6;

    private static readonly TopicDefinition Next = new("orders.v2", Topics.Orders.Partitions, Topics.Orders.Retention);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(90);

    private readonly List<Guid> _orders = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task L7_a_topic_moves_to_its_next_version_and_nothing_is_lost_doubled_or_reordered()
    {
        var system = application.System;
        using var next = await NextCheckout.BuildAsync(Token);
        await system.CreateTopicAsync(Next);
        var log = await application.LogAsync();
        await using var trail = await OrderTrail.StartAsync(system, Token);
        await PlaceAsync(system.Http("checkout"));

        // The producer is updated instance by instance: of two, one publishes both versions.
        await using var program = await next.StartAsync(system);
        using var checkout = new HttpClient { BaseAddress = await program.UrlAsync(Token) }.As(system.Token);
        await PlaceAsync(system.Http("checkout"), checkout);
        await system.StopAsync("checkout");
        try
        {
            await PlaceAsync(checkout);

            // What only the first version has is handled. From here on a consumer may move, instance by instance.
            await log.CaughtUpAsync(OrderTrail.Group, Topics.Orders);
            var placing = PlaceAsync(checkout);
            await using var nextTrail = await trail.StartNextAsync(system, Token);
            await placing;
            placing = PlaceAsync(checkout);
            await trail.DisposeAsync();
            await placing;
            await log.CaughtUpAsync(OrderTrail.Group, Next);

            await CompareAsync(log, nextTrail);
        }
        finally
        {
            await system.StartAsync("checkout");
        }
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    /// <summary>Places some orders with one instance of Checkout after another, and cancels every second one.</summary>
    private async Task PlaceAsync(params HttpClient[] instances)
    {
        for (var i = 0; i < OrdersATime; i++)
        {
            var checkout = instances[i % instances.Length];
            using var request = new OrderRequest().ToHttp();
            using var response = await checkout.SendAsync(request, Token);
            response.EnsureSuccessStatusCode();
            var order = (await response.Content.ReadFromJsonAsync<OrderView>(Token))!.Id;
            _orders.Add(order);
            await Eventually.GetAsync(
                async () => await checkout.GetFromJsonAsync<OrderView>($"/orders/{order}", Token),
                seen => seen!.State == "Confirmed",
                Bound);
            if (i % 2 == 0)
            {
                using var cancelled = await checkout.PostAsync($"/orders/{order}/cancel", content: null, Token);
                cancelled.EnsureSuccessStatusCode();
            }
        }
    }

    private async Task CompareAsync(Log log, OrderTrail trail)
    {
        var former = Facts(log.ReadAll(Topics.Orders));
        var next = Facts(log.ReadAll(Next));
        var effects = await trail.StepsAsync();
        Assert.Equal(5 * OrdersATime, _orders.Count);
        Assert.All(_orders, order => Assert.Equal(former[$"{order}"].Select(fact => StepOf(fact.Type)), effects[$"{order}"]));

        // The next version has the same facts in the same order, and all of them since the last instance publishes it.
        var published = next.SelectMany(order => order).Select(fact => fact.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(next, order => Assert.Equal(
            former[order.Key].Where(fact => published.Contains(fact.Id)).Select(fact => (fact.Id, StepOf(fact.Type))),
            order.Select(fact => (fact.Id, StepOf(fact.Type)))));
        Assert.All(_orders.Skip(2 * OrdersATime), order => Assert.Equal(former[$"{order}"].Count(), next[$"{order}"].Count()));

        // The other consumers have not moved, and miss nothing.
        foreach (var order in _orders)
        {
            await Eventually.GetAsync(
                () => application.Client.AnalyticsStateAsync(order), state => state == $"{effects[$"{order}"].Last()}", Bound);
        }
    }

    private static ILookup<string, Log.LoggedEvent> Facts(IEnumerable<Log.LoggedEvent> events) =>
        events.DistinctBy(e => e.Id).ToLookup(e => e.Key, StringComparer.Ordinal);

    private static OrderTrail.Step StepOf(string type) => type.Split('.')[2] switch
    {
        "order-placed" => OrderTrail.Step.Placed,
        "order-confirmed" => OrderTrail.Step.Confirmed,
        "order-cancelled" => OrderTrail.Step.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "None of these orders is rejected."),
    };
}
