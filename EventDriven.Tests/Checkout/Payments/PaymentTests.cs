using System.Net;
using EventDriven.Contracts;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout.Payments;

[Collection<CheckoutCollection>]
public class PaymentTests(CheckoutFixture checkout)
{
    private readonly string _reference = $"pay_{CheckoutHttp.NewKey()}";

    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Payment_is_captured_once_per_reference_however_often_it_is_told()
    {
        var id = await Client.PlaceAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Client.PayInTheEndAsync(id, _reference, 13.80m)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var captured = Assert.Single(await checkout.App.OutboxAsync(id), m => m.Type == EventTypes.PaymentCaptured);
        Assert.Equal(Topics.Payments.Name, captured.Topic);
        var order = await Client.GetOrderAsync(id);
        Assert.Equal(captured.Time, order.GetProperty("paidAt").GetDateTimeOffset());
        Assert.Equal("Placed", order.State());
    }

    [Fact]
    public async Task Order_is_paid_in_parts_and_says_what_is_paid_and_what_is_still_to_be_paid()
    {
        var id = await Client.PlaceAsync();
        Assert.Equal((0m, 13.80m, 0m, 0m), (await Client.GetOrderAsync(id)).Payment());

        await Client.PaidAsync(id, _reference, 5m);
        Assert.Equal((5m, 8.80m, 0m, 0m), (await Client.GetOrderAsync(id)).Payment());

        await Client.PaidAsync(id, _reference + "2", 8.80m);
        Assert.Equal((13.80m, 0m, 0m, 0m), (await Client.GetOrderAsync(id)).Payment());
        Assert.Equal(["order-placed", "payment-captured", "payment-captured"], await checkout.App.AnnouncedAsync(id));
    }

    [Fact]
    public async Task Captures_that_come_at_once_add_up_to_the_total_at_most()
    {
        var id = await Client.PlaceAsync();
        var references = Enumerable.Range(0, 20).Select(n => $"{_reference}_{n}").ToArray();
        var answers = await Task.WhenAll(references.Select(reference => Client.PayInTheEndAsync(id, reference, 3m)));

        Assert.Equal(4, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(16, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(12m, (await Client.GetOrderAsync(id)).Payment().Paid);
        var announced = await Eventually.GetAsync(
            () => checkout.App.AnnouncedAsync(id), facts => facts.Count(f => f == "payment-refunded") == 16);
        Assert.Equal((4, 16), (announced.Count(f => f == "payment-captured"), announced.Count(f => f == "payment-refused")));
        Assert.Equal(
            references.Where((_, n) => answers[n].StatusCode == HttpStatusCode.Conflict).Order(StringComparer.Ordinal),
            checkout.Provider.Of(references).Select(c => c.Reference).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refusal_says_what_is_still_to_be_paid_and_the_same_again_however_often_it_is_told()
    {
        var id = await Client.PlaceAsync();
        await Client.PaidAsync(id, _reference, 10m);
        for (var call = 0; call < 3; call++)
        {
            using var answer = await Client.PayAsync(id, _reference + "_more", 13.80m);
            var problem = await answer.ReadProblemAsync(HttpStatusCode.Conflict, "amount");
            Assert.Equal(3.80m, problem.GetProperty("outstanding").GetDecimal());
            Assert.Contains("3.80 EUR", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Single(await checkout.App.AnnouncedAsync(id), fact => fact == "payment-refused");
    }

    [Fact]
    public async Task Capture_and_cancellation_at_once_leave_no_money_with_an_order_that_has_none_to_take()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await Client.PlaceAsync();
            var reference = $"{_reference}_{round}";
            var paying = Client.PayAsync(id, reference, 13.80m);
            var cancelling = Client.CancelAsync(id);
            using var paid = await paying;
            using var cancelled = await cancelling;

            await cancelled.ReadAsync(HttpStatusCode.OK);
            var first = paid.StatusCode == HttpStatusCode.OK ? "payment-captured" : "payment-refused";
            var announced = await Eventually.GetAsync(
                () => checkout.App.AnnouncedAsync(id), facts => facts.Contains("payment-refunded", StringComparer.Ordinal));
            Assert.Equal([first, "payment-refunded"], announced.Where(fact => fact.StartsWith("payment", StringComparison.Ordinal)));
            Assert.Single(checkout.Provider.Of(reference));
        }
    }

    [Fact]
    public async Task Reference_that_two_orders_are_paid_with_at_once_counts_for_one_of_them()
    {
        for (var round = 0; round < 10; round++)
        {
            var ids = new[] { await Client.PlaceAsync(), await Client.PlaceAsync() };
            var answers = await Task.WhenAll(ids.Select(id => Client.PayAsync(id, $"{_reference}_{round}", 5m)));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
            var paid = await Task.WhenAll(ids.Select(Client.GetOrderAsync));
            Assert.Equal(5m, paid.Sum(order => order.Payment().Paid));
        }
    }

    [Fact]
    public async Task Unknown_order_is_404()
    {
        using var answer = await Client.PayAsync(Guid.Empty, _reference, 13.80m);

        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "orderId");
    }

    [Theory]
    [InlineData("13.80", "USD", "currency")]
    [InlineData(null, "EUR", "amount")]
    [InlineData("0", "EUR", "amount")]
    [InlineData("-1", "EUR", "amount")]
    [InlineData("1.001", "EUR", "amount")]
    [InlineData("1000000000000", "EUR", "amount")]
    public async Task What_is_no_money_of_the_order_s_currency_is_422_and_nothing_is_announced(
        string? amount, string currency, string field)
    {
        var id = await Client.PlaceAsync();
        var number = amount is null ? (decimal?)null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        using var answer = await Client.PayAsync(id, _reference, number, currency);

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, field);
        Assert.Equal(["order-placed"], await checkout.App.AnnouncedAsync(id));
    }

    [Fact]
    public async Task Reference_of_another_order_is_409()
    {
        await Client.PaidAsync(await Client.PlaceAsync(), _reference, 13.80m);

        using var second = await Client.PayAsync(await Client.PlaceAsync(), _reference, 13.80m);
        await second.ReadProblemAsync(HttpStatusCode.Conflict, "providerReference");
    }
}
