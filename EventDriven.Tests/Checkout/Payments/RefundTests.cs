using System.Net;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>What was paid for an order that ends goes back: once, whole, and with a fact that says so.</summary>
[Collection<CheckoutCollection>]
public class RefundTests(CheckoutFixture checkout)
{
    private readonly string _part = $"part_{CheckoutHttp.NewKey()}";
    private readonly string _rest = $"rest_{CheckoutHttp.NewKey()}";

    private HttpClient Client => checkout.App.Client;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_a_paid_order_refunds_each_payment_once(bool confirmed)
    {
        var id = await PaidAsync();
        if (confirmed)
        {
            await checkout.App.StockReservedAsync(id);
        }

        using var first = await Client.CancelAsync(id);
        using var second = await Client.CancelAsync(id);

        await RefundedAsync(id, "order-cancelled");
        await second.ReadAsync(HttpStatusCode.OK);
        var (paid, outstanding, due, refunded) = (await first.ReadAsync(HttpStatusCode.OK)).Payment();
        Assert.Equal((13.80m, 0m, 13.80m), (paid, outstanding, due + refunded));
    }

    [Fact]
    public async Task Rejecting_a_paid_order_refunds_it()
    {
        var id = await PaidAsync();

        await checkout.App.StockRejectedAsync(id, "tea-earl-grey");

        await RefundedAsync(id, "order-rejected");
    }

    [Fact]
    public async Task Losing_the_stock_of_a_paid_order_refunds_it()
    {
        var id = await Client.PlaceAsync(new OrderBody { Reservation = "immediate" });
        await PayAsync(id);

        await checkout.App.StockRejectedAsync(id, "tea-earl-grey");

        await RefundedAsync(id, "order-cancelled");
    }

    [Fact]
    public async Task Order_that_was_paid_in_part_gets_its_part_back_and_the_cancellation_says_how_much_that_is()
    {
        var id = await Client.PlaceAsync();
        await Client.PaidAsync(id, _part, 5m);

        using var cancelled = await Client.CancelAsync(id);

        await Eventually.GetAsync(() => Client.GetOrderAsync(id), order => order.Payment() == (5m, 0m, 0m, 5m));
        var fact = Assert.Single(await checkout.App.OutboxAsync(id), m => m.Type.Contains("order-cancelled", StringComparison.Ordinal));
        Assert.Equal((5m, "EUR"), (Data(fact).GetProperty("refundDue").GetDecimal(), Data(fact).GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task Refused_payment_goes_back_and_the_order_keeps_its_own()
    {
        var id = await PaidAsync();
        var more = $"more_{CheckoutHttp.NewKey()}";
        using var refused = await Client.PayAsync(id, more, 1m);

        var facts = await Eventually.GetAsync(
            () => checkout.App.AnnouncedAsync(id), announced => announced.Contains("payment-refunded", StringComparer.Ordinal));
        Assert.Equal(["order-placed", "payment-captured", "payment-captured", "payment-refused", "payment-refunded"], facts);
        Assert.Equal(
            new FakeProvider.Command($"refund-{more}", more, 1m, "EUR", "exceeds-total"), Assert.Single(checkout.Provider.Of(more)));
        Assert.Empty(checkout.Provider.Of(_part, _rest));
        Assert.Equal((13.80m, 0m, 0m, 0m), (await Client.GetOrderAsync(id)).Payment());
    }

    [Fact]
    public async Task Unpaid_order_asks_the_provider_for_nothing()
    {
        var unpaid = await Client.PlaceAsync();
        using var cancelled = await Client.CancelAsync(unpaid);

        // One that is paid comes after it, and is through.
        var paid = await PaidAsync();
        using var also = await Client.CancelAsync(paid);
        await RefundedAsync(paid, "order-cancelled");

        Assert.Equal(["order-placed", "order-cancelled"], await checkout.App.AnnouncedAsync(unpaid));
    }

    [Fact]
    public async Task Refund_belongs_to_what_the_cancellation_belongs_to()
    {
        var id = await Client.PlaceAsync();
        await Client.PaidAsync(id, _part, 5m);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/orders/{id}/cancel");
        request.Headers.Add("X-Correlation-ID", "journey-12");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var cancelled = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        var facts = await Eventually.GetAsync(
            () => checkout.App.OutboxAsync(id), announced => announced[^1].Type.Contains("payment-refunded", StringComparison.Ordinal));
        var cancellation = facts[^2];
        Assert.Equal(("journey-12", cancellation.CausationId), (facts[^1].CorrelationId, facts[^1].CausationId));
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", facts[^1].TraceParent, StringComparison.Ordinal);
    }

    private static System.Text.Json.JsonElement Data(OutboxMessage message) => System.Text.Json.JsonElement.Parse(message.Data);

    private async Task<Guid> PaidAsync()
    {
        var id = await Client.PlaceAsync();
        await PayAsync(id);
        return id;
    }

    private async Task PayAsync(Guid id)
    {
        await Client.PaidAsync(id, _part, 5m);
        await Client.PaidAsync(id, _rest, 8.80m);
    }

    private async Task RefundedAsync(Guid id, string reason)
    {
        await Eventually.GetAsync(() => Client.GetOrderAsync(id), order => order.Payment() == (13.80m, 0m, 0m, 13.80m));
        Assert.Equal(
            [
                new FakeProvider.Command($"refund-{_part}", _part, 5m, "EUR", reason),
                new FakeProvider.Command($"refund-{_rest}", _rest, 8.80m, "EUR", reason),
            ],
            checkout.Provider.Of(_part, _rest).OrderBy(c => c.Amount));
        var announced = (await checkout.App.OutboxAsync(id)).Where(m => m.Type == EventTypes.PaymentRefunded)
            .Select(Data).ToList();
        Assert.Equal(
            [(_part, 5m, "EUR", reason), (_rest, 8.80m, "EUR", reason)],
            announced
                .Select(
                    d => (d.GetProperty("providerReference").GetString()!, d.GetProperty("amount").GetDecimal(),
                        d.GetProperty("currency").GetString()!, d.GetProperty("reason").GetString()!))
                .OrderBy(d => d.Item2));
    }
}
