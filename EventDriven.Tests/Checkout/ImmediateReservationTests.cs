using System.Diagnostics;
using System.Net;
using EventDriven.Tests.Checkout.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public sealed class ImmediateReservationTests(CheckoutFixture checkout) : IDisposable
{
    private readonly OrderBody _body = new()
    {
        Reservation = "immediate",
        Lines = new[] { new { sku = "mug-blue", quantity = 2 }, new { sku = "tea-assam", quantity = 1 },
            new { sku = "mug-blue", quantity = 3 } },
    };

    private HttpClient Client => checkout.App.Client;

    public void Dispose() => checkout.Inventory.Answer = _ => Task.FromResult(FakeInventory.Held);

    [Fact]
    public async Task Held_stock_confirms_the_order_at_once()
    {
        using var answer = await Client.PlaceAsync(_body, CheckoutHttp.NewKey());

        var order = await answer.ReadAsync(HttpStatusCode.Created);
        Assert.Equal(["Placed", "Confirmed"], order.States());
        var id = order.GetProperty("id").GetGuid();
        Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderConfirmed], (await checkout.App.OutboxAsync(id)).Select(m => m.Type));

        var asked = Assert.Single(checkout.Inventory.Requests, r => r.GetProperty("orderId").GetGuid() == id);
        Assert.Equal(
            [("mug-blue", 2), ("tea-assam", 1), ("mug-blue", 3)],
            asked.GetProperty("lines").EnumerateArray()
                .Select(l => (l.GetProperty("sku").GetString(), l.GetProperty("quantity").GetInt32())));

        // Inventory's fact about the same stock comes later and says nothing new.
        await checkout.App.StockReservedAsync(id);
        Assert.Equal(["Placed", "Confirmed"], (await Client.GetOrderAsync(id)).States());
    }

    [Fact]
    public async Task Its_two_events_are_sent_in_their_order_however_large_the_order_is()
    {
        var body = _body with { Lines = Enumerable.Repeat(new { sku = "mug-blue", quantity = 1 }, 100) };
        for (var round = 0; round < 10; round++)
        {
            var id = await Client.PlaceAsync(body);
            Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderConfirmed], (await checkout.App.OutboxAsync(id)).Select(m => m.Type));
        }
    }

    [Fact]
    public async Task Repeating_it_does_not_hold_stock_twice()
    {
        var key = CheckoutHttp.NewKey();
        using var first = await Client.PlaceAsync(_body, key);
        await first.ReadAsync(HttpStatusCode.Created);
        var asked = checkout.Inventory.Requests.Count;

        using var second = await Client.PlaceAsync(_body, key);
        await second.ReadAsync(HttpStatusCode.Created);
        Assert.Equal(asked, checkout.Inventory.Requests.Count);
    }

    [Fact]
    public async Task Missing_stock_is_409_naming_the_SKUs_and_no_order()
    {
        checkout.Inventory.Answer = _ => Task.FromResult(FakeInventory.Refused("mug-blue"));
        using var answer = await Client.PlaceAsync(_body, CheckoutHttp.NewKey());

        var problem = await answer.ReadProblemAsync(HttpStatusCode.Conflict, "lines[0].sku", "lines[2].sku");
        Assert.Equal("mug-blue", problem.GetProperty("skus").EnumerateArray().Single().GetString());
        Assert.Equal(0, await OrdersAsync());
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("failing")]
    [InlineData("away")]
    public async Task Inventory_that_gives_no_answer_within_2_s_is_503_and_no_order(string inventory)
    {
        checkout.Inventory.Answer = async http =>
        {
            if (inventory == "silent")
            {
                await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System, http.RequestAborted);
            }

            return Results.StatusCode(500);
        };
        await using var away = inventory == "away"
            ? new CheckoutApp(checkout.Options with { Inventory = $"http://{CheckoutApp.Away}" }) : null;
        var started = Stopwatch.GetTimestamp();
        using var answer = await (away?.Client ?? Client).PlaceAsync(_body, CheckoutHttp.NewKey());

        await answer.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, "reservation");
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(4));
        Assert.Equal(0, await OrdersAsync());
    }

    [Fact]
    public async Task A_slow_Inventory_takes_few_places_and_the_rest_is_503()
    {
        const int Sent = 40;
        const int AtOnce = 16;
        var (now, most) = (0, 0);
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        checkout.Inventory.Answer = async http =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            try
            {
                await finished.Task.WaitAsync(http.RequestAborted);
                return FakeInventory.Held;
            }
            finally
            {
                Interlocked.Decrement(ref now);
            }
        };
        var sent = Enumerable.Range(0, Sent).Select(_ => Client.PlaceAsync(_body, CheckoutHttp.NewKey())).ToList();
        await Eventually.TrueAsync(() => sent.Count(s => s.IsCompleted) >= Sent - AtOnce);
        finished.SetResult();
        var answers = await Task.WhenAll(sent);

        // An attempt that was given up may overlap with its repetition.
        Assert.InRange(most, 1, (2 * AtOnce) - 1);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.InRange(refused.Count, Sent - AtOnce, Sent);
        foreach (var answer in refused)
        {
            await answer.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "inventory-away", "reservation");
        }
    }

    private Task<int> OrdersAsync() => checkout.App.QueryAsync(d => d.Orders.CountAsync(o => o.CustomerId == (Guid)_body.CustomerId!));
}
