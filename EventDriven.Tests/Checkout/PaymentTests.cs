using System.Net;
using System.Net.Http.Json;
using EventDriven.Contracts;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class PaymentTests(CheckoutFixture checkout)
{
    private readonly string _reference = $"pay_{CheckoutHttp.NewKey()}";

    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Payment_is_captured_once_per_reference_however_often_it_is_told()
    {
        var id = await Client.PlaceAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PayAsync(id, _reference)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var captured = Assert.Single(await checkout.App.OutboxAsync(id), m => m.Type == EventTypes.PaymentCaptured);
        Assert.Equal(Topics.Payments.Name, captured.Topic);
        var order = await Client.GetOrderAsync(id);
        Assert.Equal(captured.Time, order.GetProperty("paidAt").GetDateTimeOffset());
        Assert.Equal("Placed", order.State());
    }

    [Fact]
    public async Task Unknown_order_is_404()
    {
        using var answer = await PayAsync(Guid.Empty, _reference);

        await answer.ReadProblemAsync(HttpStatusCode.NotFound, "orderId");
    }

    [Theory]
    [InlineData("13.81", "EUR", "amount")]
    [InlineData("13.80", "USD", "currency")]
    [InlineData(null, "EUR", "amount")]
    public async Task Other_money_than_the_order_s_is_422(string? amount, string currency, string field)
    {
        var id = await Client.PlaceAsync();
        var number = amount is null ? (decimal?)null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        using var answer = await PayAsync(id, _reference, number, currency);

        await answer.ReadProblemAsync(HttpStatusCode.UnprocessableEntity, field);
        Assert.DoesNotContain(await checkout.App.OutboxAsync(id), m => m.Type == EventTypes.PaymentCaptured);
    }

    [Fact]
    public async Task Reference_of_another_order_is_409()
    {
        using var first = await PayAsync(await Client.PlaceAsync(), _reference);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await PayAsync(await Client.PlaceAsync(), _reference);
        await second.ReadProblemAsync(HttpStatusCode.Conflict, "providerReference");
    }

    private Task<HttpResponseMessage> PayAsync(Guid id, string reference, decimal? amount = 13.80m, string currency = "EUR") =>
        Client.PostAsJsonAsync(
            "/payments/webhook", new { orderId = id, providerReference = reference, amount, currency }, TestContext.Current.CancellationToken);
}
