using System.Net;
using System.Net.Http.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;

namespace EventDriven.Tests.Application;

/// <summary>The main job: an order becomes facts, and each service does its part.</summary>
[Collection(ApplicationTests.Name)]
public sealed class OrderFlowTests(OneOfEach application) : IAsyncDisposable
{
    private readonly SystemClient _client = application.Client;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_is_confirmed_its_stock_reserved_its_customer_written_to_and_the_figures_move()
    {
        await _client.SetStockAsync("mug-blue", 5);
        var order = await _client.PlaceAsync(new OrderRequest { Sku = "mug-blue", Quantity = 2 });
        Assert.Equal("Placed", order.State);

        var confirmed = await _client.ReachesAsync(order.Id, "Confirmed");
        Assert.Equal(["Placed", "Confirmed"], confirmed.States);
        Assert.Equal(3, (await _client.StockAsync("mug-blue")).Available);
        await _client.AreSentAsync(order.Id, "order-received", "order-confirmed");
        await _client.AnalyticsShowsAsync([order], "Confirmed");
    }

    [Fact]
    public async Task An_order_beyond_the_stock_is_rejected_and_takes_nothing()
    {
        await _client.SetStockAsync("mug-white", 1);
        var order = await _client.PlaceAsync(new OrderRequest { Sku = "mug-white", Quantity = 2 });

        await _client.ReachesAsync(order.Id, "Rejected");

        Assert.Equal(1, (await _client.StockAsync("mug-white")).Available);
        await _client.AreSentAsync(order.Id, "order-received", "order-rejected");
        Assert.Equal(HttpStatusCode.Conflict, await _client.CancelAsync(order.Id));
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_stock_back()
    {
        await _client.SetStockAsync("pot-iron", 4);
        var order = await _client.PlaceAsync(new OrderRequest { Sku = "pot-iron", Quantity = 4 });
        await _client.ReachesAsync(order.Id, "Confirmed");

        Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(order.Id));
        Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(order.Id));

        await Eventually.GetAsync(() => _client.StockAsync("pot-iron"), stock => stock.Available == 4);
        await _client.AreSentAsync(order.Id, "order-received", "order-confirmed", "order-cancelled");
        await _client.AnalyticsShowsAsync([order], "Cancelled");
    }

    /// <summary>Cancelled as soon as it is placed: whichever fact comes first, it never ends as confirmed, and holds no stock.</summary>
    [Fact]
    public async Task Orders_cancelled_while_their_stock_is_being_reserved_end_as_cancelled()
    {
        await _client.SetStockAsync("kettle-steel", 100);
        var ofOthers = (await _client.StockAsync("kettle-steel")).Reserved;
        var log = await application.LogAsync();
        var orders = await _client.PlaceManyAsync(Enumerable.Repeat(0, 20).Select(_ => new OrderRequest { Sku = "kettle-steel" }));
        foreach (var order in orders)
        {
            Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(order.Id));
        }

        await Eventually.GetAsync(() => _client.StockAsync("kettle-steel"), stock => (stock.Available, stock.Reserved) == (100, ofOthers));
        await log.CaughtUpAsync("inventory", Topics.Orders);
        await log.CaughtUpAsync("checkout", Topics.Inventory);
        Assert.All(await Task.WhenAll(orders.Select(o => _client.OrderAsync(o.Id))), order => Assert.Equal("Cancelled", order.State));
        Assert.Equal(100, (await _client.StockAsync("kettle-steel")).Available);
    }

    [Fact]
    public async Task A_payment_is_captured_once_and_counted_once()
    {
        var order = await _client.PlaceAsync();
        await _client.ReachesAsync(order.Id, "Confirmed");
        var notice = new { orderId = order.Id, providerReference = $"pay-{order.Id}", amount = order.Total, currency = "EUR" };

        using (var unsigned = await application.System.Http("checkout").PostAsJsonAsync("/payments/webhook", notice, Token))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        }

        for (var call = 0; call < 3; call++)
        {
            using var response = await _client.NotifyAsync(notice);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await _client.AreSentAsync(order.Id, "order-received", "order-confirmed", "payment-received");
        Assert.Single((await application.LogAsync()).ReadAll(Topics.Payments), e => e.Key == order.Id.ToString());
    }

    [Fact]
    public async Task A_paid_order_that_is_cancelled_is_refunded_its_customer_told_and_the_revenue_is_what_it_was()
    {
        var order = await _client.PlaceAsync();
        await _client.ReachesAsync(order.Id, "Confirmed");
        var notice = new { orderId = order.Id, providerReference = $"pay-{order.Id}", amount = order.Total, currency = "EUR" };
        using (var captured = await _client.NotifyAsync(notice))
        {
            Assert.Equal(HttpStatusCode.OK, captured.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(order.Id));
        using (var refused = await _client.NotifyAsync(notice with { providerReference = $"late-{order.Id}" }))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }

        await _client.AreSentAsync(
            order.Id, "order-received", "order-confirmed", "payment-received", "order-cancelled", "payment-refunded", "payment-refused",
            "payment-refunded");
        await _client.AnalyticsShowsAsync([order], "Cancelled");
        Assert.Equal(
            (order.Total, order.Total),
            await Eventually.GetAsync(() => _client.AnalyticsMoneyAsync(order.Id), money => money.Refunded > 0));
        Assert.Equal(
            [EventTypes.PaymentCaptured, EventTypes.PaymentRefunded, EventTypes.PaymentRefunded, EventTypes.PaymentRefused],
            (await application.LogAsync()).ReadAll(Topics.Payments).Where(e => e.Key == order.Id.ToString()).Select(e => e.Type)
                .Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => application.TellIfFailedAsync();
}
