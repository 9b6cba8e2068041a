using System.Net;
using Checkout.Api.Orders;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>Each state of an order × each notice, over HTTP on real servers.</summary>
[Collection<CheckoutCollection>]
public class WebhookTableTests(CheckoutFixture checkout)
{
    private const decimal Total = 13.80m;
    private const decimal Part = 5.00m;

    private readonly string _taken = $"taken_{CheckoutHttp.NewKey()}";
    private readonly string _refused = $"refused_{CheckoutHttp.NewKey()}";
    private readonly string _new = $"new_{CheckoutHttp.NewKey()}";

    private HttpClient Client => checkout.App.Client;

    [Theory]
    [MemberData(nameof(WebhookTable.Rows), MemberType = typeof(WebhookTable))]
    public async Task Webhook_answers_and_announces_as_the_table_says(string state, Notice notice, int status, string? reason, string? fact)
    {
        var id = await Client.PlaceAsync();
        await PrepareAsync(id, Enum.Parse<OrderState>(state), notice);
        var before = await PaymentFactsAsync(id);

        using var answer = await NoticeAsync(id, notice);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        if (status != 200)
        {
            var problem = await answer.ReadAsync((HttpStatusCode)status);
            Assert.Equal(reason, problem.TryGetProperty("reason", out var given) ? given.GetString() : null);
        }

        Assert.Equal(fact is null ? before : [.. before, fact], await PaymentFactsAsync(id));
        Assert.Equal(state, (await Client.GetOrderAsync(id)).State());
    }

    /// <summary>Pays what the notice says was paid before, refuses what it says was refused, and brings the order to its state.</summary>
    private async Task PrepareAsync(Guid id, OrderState state, Notice notice)
    {
        if (notice is Notice.Rest or Notice.Beyond or Notice.Repeated or Notice.OtherAmount)
        {
            await Client.PaidAsync(id, _taken, Part);
        }

        if (notice == Notice.OtherOrder)
        {
            await Client.PaidAsync(await Client.PlaceAsync(), _taken, Part);
        }

        switch (state)
        {
            case OrderState.Confirmed:
                await checkout.App.StockReservedAsync(id);
                break;
            case OrderState.Rejected:
                await checkout.App.StockRejectedAsync(id, "tea-earl-grey");
                break;
            case OrderState.Cancelled:
                using (await Client.CancelAsync(id))
                {
                    break;
                }
        }

        if (notice == Notice.RepeatedRefused)
        {
            using var refused = await Client.PayAsync(id, _refused, Total + 1);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }
    }

    private Task<HttpResponseMessage> NoticeAsync(Guid id, Notice notice) => notice switch
    {
        Notice.Whole => Client.PayAsync(id, _new, Total),
        Notice.Part => Client.PayAsync(id, _new, Part),
        Notice.Rest => Client.PayAsync(id, _new, Total - Part),
        Notice.Beyond => Client.PayAsync(id, _new, Total - Part + 0.01m),
        Notice.Repeated or Notice.OtherOrder => Client.PayAsync(id, _taken, Part),
        Notice.RepeatedRefused => Client.PayAsync(id, _refused, Total + 1),
        Notice.OtherAmount => Client.PayAsync(id, _taken, Part - 1),
        Notice.OtherCurrency => Client.PayAsync(id, _new, Part, "USD"),
        _ => throw new ArgumentOutOfRangeException(nameof(notice)),
    };

    // Refunds come when they come.
    private async Task<List<string>> PaymentFactsAsync(Guid id) =>
        [.. (await checkout.App.AnnouncedAsync(id)).Where(fact => fact is "payment-captured" or "payment-refused")];
}
