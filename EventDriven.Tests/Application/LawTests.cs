using System.Net;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.Application;

/// <summary>The laws, on the whole application.</summary>
[Collection(ApplicationTests.Name)]
public sealed class LawTests(OneOfEach application) : IAsyncDisposable
{
    private const int Load = 60;

    private readonly SystemClient _client = application.Client;
    private readonly SystemUnderTest _system = application.System;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task L3_killing_Checkout_between_commit_and_relay_loses_nothing()
    {
        await _client.SetStockAsync("tea-assam", 10_000);
        var orders = new List<OrderView>();
        var left = 0L;

        // The relay is quick; the crash has to hit a moment at which committed events are still in the outbox.
        for (var round = 0; left == 0 && round < 20; round++)
        {
            orders.AddRange(await _client.PlaceManyAsync(Enumerable.Repeat(0, 8).Select(_ => new OrderRequest { Sku = "tea-assam" })));
            await _system.KillAsync("checkout");
            left = await CountAsync("checkoutdb", "SELECT count(*) FROM messaging.outbox");
            await _system.StartAsync("checkout");
        }

        Assert.True(left > 0, "In 20 crashes none hit a moment between commit and relay.");
        await _client.ReachAsync(orders, "Confirmed");
        Assert.Equal(
            0, await Eventually.GetAsync(() => CountAsync("checkoutdb", "SELECT count(*) FROM messaging.outbox"), left => left == 0));
    }

    [Fact]
    public async Task L4_a_consumer_that_is_stopped_for_the_whole_load_slows_nobody_and_misses_nothing()
    {
        await _client.SetStockAsync("tea-oolong", 10_000);
        await _system.StopAsync("analytics");
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, Load).Select(_ => new OrderRequest { Sku = "tea-oolong" }));
        await _client.ReachAsync(orders, "Confirmed");
        await _client.AreSentAsync(orders[^1].Id, "order-received", "order-confirmed");

        await _system.StartAsync("analytics");

        await _client.AnalyticsShowsAsync(orders, "Confirmed");
    }

    [Fact]
    public async Task L5_every_keys_facts_stand_on_the_log_in_the_order_in_which_they_happened()
    {
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 20).Select(_ => new OrderRequest { Sku = "tea-rooibos" }));
        await _client.ReachAsync(orders, "Confirmed");
        foreach (var order in orders)
        {
            await _client.CancelAsync(order.Id);
        }

        var keys = orders.Select(o => o.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        var log = await application.LogAsync();
        var facts = await Eventually.GetAsync(
            () => Task.FromResult(log.ReadAll(Topics.Orders).Where(e => keys.Contains(e.Key)).ToList()),
            found => found.Count >= 3 * orders.Count);
        Assert.All(facts.GroupBy(e => e.Key), key =>
        {
            Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderConfirmed, EventTypes.OrderCancelled], key.Select(e => e.Type));
            Assert.Single(key.Select(e => e.Record.Partition).Distinct());
        });
    }

    [Fact]
    public async Task L6_the_same_events_delivered_five_times_have_one_effect_even_when_Redis_forgets()
    {
        await _client.SetStockAsync("filter-paper", 1_000);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{await _system.RedisAdministratorAsync()},allowAdmin=true");
        var log = await application.LogAsync();
        var orders = new List<OrderView>();
        for (var round = 0; round < 4; round++)
        {
            orders.AddRange(await _client.PlaceManyAsync(Enumerable.Repeat(0, 10).Select(_ => new OrderRequest { Sku = "filter-paper" })));
            await redis.GetServers()[0].FlushAllDatabasesAsync();
        }

        await _client.ReachAsync(orders, "Confirmed");
        var keys = orders.Select(o => o.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var topic in new[] { Topics.Orders, Topics.Inventory })
        {
            await log.RepeatAsync(log.ReadAll(topic).Where(e => keys.Contains(e.Key)), times: 4);
            await redis.GetServers()[0].FlushAllDatabasesAsync();
        }

        foreach (var (group, topic) in new[]
        {
            ("inventory", Topics.Orders), ("notifications", Topics.Orders), ("analytics", Topics.Orders),
            ("recommendations", Topics.Orders),
            ("checkout", Topics.Inventory), ("analytics", Topics.Inventory),
        })
        {
            await log.CaughtUpAsync(group, topic);
        }

        Assert.Equal(1_000 - orders.Count, (await _client.StockAsync("filter-paper")).Available);
        foreach (var order in orders)
        {
            await _client.AreSentAsync(order.Id, "order-received", "order-confirmed");
            Assert.Equal(["Placed", "Confirmed"], (await _client.OrderAsync(order.Id)).States);
        }
    }

    /// <summary>Whoever reads an event, in whatever language, can look up what it promises.</summary>
    [Fact]
    public async Task L7_every_event_names_a_schema_that_its_producer_serves()
    {
        var order = await _client.PlaceAsync();
        await _client.ReachesAsync(order.Id, "Confirmed");
        var log = await application.LogAsync();
        var events = await Eventually.GetAsync(
            () => Task.FromResult(
                log.ReadAll(Topics.Orders).Concat(log.ReadAll(Topics.Inventory)).Where(e => e.Key == order.Id.ToString()).ToList()),
            found => found.DistinctBy(e => e.Type).Count() == 3);
        foreach (var e in events)
        {
            var url = new Uri(e.Headers["ce_dataschema"]);
            using var served = await _system.Http(e.Headers["ce_source"].TrimStart('/')).GetAsync(url, Token);
            Assert.Equal("application/schema+json", served.Content.Headers.ContentType?.MediaType);
            Assert.Equal(
                await File.ReadAllTextAsync(Path.Combine(Repository.Root, url.AbsolutePath.TrimStart('/')), Token),
                await served.Content.ReadAsStringAsync(Token));
        }
    }

    [Fact]
    public async Task L9_every_event_of_an_order_carries_the_requests_trace_and_correlation_id_and_names_its_cause()
    {
        const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
        var order = await _client.PlaceAsync(
            new OrderRequest { CorrelationId = "l9-test", TraceParent = $"00-{TraceId}-00f067aa0ba902b7-01" });
        await _client.ReachesAsync(order.Id, "Confirmed");
        var log = await application.LogAsync();
        var events = await Eventually.GetAsync(
            () => Task.FromResult(
                log.ReadAll(Topics.Orders).Concat(log.ReadAll(Topics.Inventory)).Where(e => e.Key == order.Id.ToString()).ToList()),
            found => found.Count == 3);

        Assert.All(events, e =>
        {
            Assert.Equal("l9-test", e.Headers["ce_correlationid"]);
            Assert.Equal(TraceId, e.Headers["ce_traceparent"].Split('-')[1]);
        });
        var placed = events.Single(e => e.Type == EventTypes.OrderPlaced);
        var reserved = events.Single(e => e.Type == EventTypes.StockReserved);
        var confirmed = events.Single(e => e.Type == EventTypes.OrderConfirmed);
        Assert.Equal(placed.Id, reserved.Headers["ce_causationid"]);
        Assert.Equal(reserved.Id, confirmed.Headers["ce_causationid"]);
    }

    [Fact]
    public async Task L11_a_read_model_that_crashes_during_the_load_counts_each_order_once()
    {
        await _client.SetStockAsync("tea-darjeeling", 10_000);
        var before = await SoldAsync("tea-darjeeling");
        var orders = new List<OrderView>();
        for (var crash = 0; crash < 3; crash++)
        {
            orders.AddRange(
                await _client.PlaceManyAsync(
                    Enumerable.Repeat(0, 24).Select(_ => new OrderRequest { Sku = "tea-darjeeling", Quantity = 2 })));
            await _system.KillAsync("analytics");
            await _system.StartAsync("analytics");
        }

        await _client.AnalyticsShowsAsync(orders, "Confirmed");
        var log = await application.LogAsync();
        Assert.Equal(before + (2 * orders.Count), await SoldAsync("tea-darjeeling"));

        // The offsets stand in the same database as the figures, exactly behind what was applied.
        var events = log.ReadAll(Topics.Orders).Count;
        var applied = await CountAsync(
            "analyticsdb", "SELECT coalesce(sum(next_offset), 0)::bigint FROM messaging.consumer_offsets WHERE topic = 'orders.v1'");
        Assert.Equal(events, applied);
    }

    [Fact]
    public async Task L12_who_needs_an_answer_now_gets_it_by_HTTP()
    {
        await _client.SetStockAsync("tea-earl-grey", 1);
        var held = await _client.PlaceAsync(new OrderRequest { Sku = "tea-earl-grey", Reservation = "immediate" });
        Assert.Equal("Confirmed", held.State);
        using (var refused = await _client.SendAsync(new OrderRequest { Sku = "tea-earl-grey", Reservation = "immediate" }))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("tea-earl-grey", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        await _client.AreSentAsync(held.Id, "order-received", "order-confirmed");
        await (await application.LogAsync()).CaughtUpAsync("inventory", Topics.Orders);
        Assert.Equal(0, (await _client.StockAsync("tea-earl-grey")).Available);

        // Without Inventory nobody can answer at once; who doesn't ask is served as ever.
        await _system.StopAsync("inventory");
        using (var unavailable = await _client.SendAsync(new OrderRequest { Reservation = "immediate" }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
            Assert.NotNull(unavailable.Headers.RetryAfter);
        }

        var eventual = await _client.PlaceAsync();
        await _system.StartAsync("inventory");
        await _client.ReachesAsync(eventual.Id, "Confirmed");
    }

    [Fact]
    public async Task Orders_are_taken_while_the_broker_is_away_and_handled_in_order_when_it_is_back()
    {
        Assert.SkipWhen(_system.NoBrokerRestart is not null, _system.NoBrokerRestart ?? "");
        await _client.SetStockAsync("tea-sencha", 10_000);
        await _system.StopAsync("kafka");
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 20).Select(_ => new OrderRequest()));
        Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(orders[0].Id));
        Assert.True(await CountAsync("checkoutdb", "SELECT count(*) FROM messaging.outbox") >= orders.Count + 1);

        await _system.StartAsync("kafka");

        await _client.ReachAsync(orders.Skip(1), "Confirmed");
        Assert.Equal(
            0, await Eventually.GetAsync(() => CountAsync("checkoutdb", "SELECT count(*) FROM messaging.outbox"), left => left == 0));
        var facts = (await application.LogAsync()).ReadAll(Topics.Orders).Where(e => e.Key == orders[0].Id.ToString()).Select(e => e.Type);
        Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderCancelled], facts.Distinct());
        await _client.AreSentAsync(orders[^1].Id, "order-received", "order-confirmed");
        await _client.AnalyticsShowsAsync([orders[^1]], "Confirmed");
        await (await application.LogAsync()).CaughtUpAsync("recommendations", Topics.Orders);
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();

    private async Task<int> SoldAsync(string sku) =>
        (await application.Client.TopSkusAsync()).GetValueOrDefault(sku);

    private async Task<long> CountAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(await _system.ConnectionStringAsync(database));
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
