using Checkout.Api.Orders;
using EventDriven.Messaging;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class StockFactsTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Held_stock_confirms_the_order_and_missing_stock_rejects_it()
    {
        var held = await Client.PlaceAsync();
        var missing = await Client.PlaceAsync();
        await checkout.App.StockReservedAsync(held);
        await checkout.App.StockRejectedAsync(missing, "tea-earl-grey");

        Assert.Equal(["Placed", "Confirmed"], (await Client.GetOrderAsync(held)).States());
        Assert.Equal(EventTypes.OrderConfirmed, (await checkout.App.OutboxAsync(held))[^1].Type);

        var rejected = await Client.GetOrderAsync(missing);
        Assert.Equal(["Placed", "Rejected"], rejected.States());
        Assert.Equal("out-of-stock", rejected.GetProperty("rejection").GetProperty("reason").GetString());
        Assert.Equal(EventTypes.OrderRejected, (await checkout.App.OutboxAsync(missing))[^1].Type);
    }

    [Fact]
    public async Task Facts_about_an_order_that_was_cancelled_meanwhile_change_nothing()
    {
        var id = await Client.PlaceAsync();
        using var cancelled = await Client.CancelAsync(id);
        await checkout.App.StockReservedAsync(id);
        await checkout.App.StockRejectedAsync(id, "tea-earl-grey");

        Assert.Equal(["Placed", "Cancelled"], (await Client.GetOrderAsync(id)).States());
        Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderCancelled], (await checkout.App.OutboxAsync(id)).Select(m => m.Type));
    }

    [Fact]
    public async Task Stock_lost_after_the_order_was_confirmed_at_once_cancels_it()
    {
        var id = await Client.PlaceAsync(new OrderBody { Reservation = "immediate" });
        await checkout.App.StockRejectedAsync(id, "tea-earl-grey");

        var order = await Client.GetOrderAsync(id);
        Assert.Equal(["Placed", "Confirmed", "Cancelled"], order.States());
        Assert.Equal("stock-lost", order.GetProperty("history")[2].GetProperty("reason").GetString());
        Assert.Equal(EventTypes.OrderCancelled, (await checkout.App.OutboxAsync(id))[^1].Type);
    }

    [Fact]
    public async Task Inventory_says_once_whether_it_holds_the_stock_of_an_order()
    {
        var held = await Client.PlaceAsync();
        var missing = await Client.PlaceAsync();
        await checkout.App.StockReservedAsync(held);
        await checkout.App.StockRejectedAsync(missing, "tea-earl-grey");

        await checkout.App.StockReservedAsync(held);
        await checkout.App.StockRejectedAsync(missing, "tea-earl-grey");
        await Assert.ThrowsAsync<ContradictoryEventException>(() => checkout.App.StockRejectedAsync(held, "tea-earl-grey"));
        await Assert.ThrowsAsync<ContradictoryEventException>(() => checkout.App.StockReservedAsync(missing));
        await Assert.ThrowsAsync<ContradictoryEventException>(() => checkout.App.StockRejectedAsync(missing, "mug-blue"));

        Assert.Equal(["Placed", "Confirmed"], (await Client.GetOrderAsync(held)).States());
        Assert.Equal(["Placed", "Rejected"], (await Client.GetOrderAsync(missing)).States());
    }

    [Fact]
    public Task Fact_about_an_order_that_is_not_there_is_not_skipped() =>
        Assert.ThrowsAsync<UnknownOrderException>(
            () => checkout.App.StockReservedAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow())));
}
