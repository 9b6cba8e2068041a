using System.Net;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class CancelOrderTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_announces_it_once_and_repeating_changes_nothing(bool confirmed)
    {
        var id = await Client.PlaceAsync();
        if (confirmed)
        {
            await checkout.App.StockReservedAsync(id);
        }

        using var first = await Client.CancelAsync(id);
        using var second = await Client.CancelAsync(id);

        var order = await first.ReadAsync(HttpStatusCode.OK);
        Assert.Equal("Cancelled", order.State());
        Assert.Equal("customer-request", order.GetProperty("history").EnumerateArray().Last().GetProperty("reason").GetString());
        Assert.Equal(order.GetRawText(), (await second.ReadAsync(HttpStatusCode.OK)).GetRawText());
        Assert.Single(await checkout.App.OutboxAsync(id), m => m.Type == EventTypes.OrderCancelled);
    }

    [Fact]
    public async Task Rejected_order_is_409_and_an_unknown_one_404()
    {
        var id = await Client.PlaceAsync();
        await checkout.App.StockRejectedAsync(id, "tea-earl-grey");

        using var rejected = await Client.CancelAsync(id);
        await rejected.ReadProblemAsync(HttpStatusCode.Conflict, "id");
        Assert.Equal([EventTypes.OrderPlaced, EventTypes.OrderRejected], (await checkout.App.OutboxAsync(id)).Select(m => m.Type));

        using var unknown = await Client.CancelAsync(Guid.Empty);
        await unknown.ReadProblemAsync(HttpStatusCode.NotFound, "id");
    }

    [Fact]
    public async Task Cancelling_while_the_stock_is_confirmed_ends_cancelled_with_events_in_the_order_of_the_history()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await Client.PlaceAsync();
            var cancels = Enumerable.Range(0, 3).Select(_ => Client.CancelAsync(id)).ToArray();
            await Task.WhenAll([ConfirmAsync(id), .. cancels]);
            foreach (var cancel in cancels)
            {
                using var answer = await cancel;
                await answer.ReadAsync(HttpStatusCode.OK);
            }

            var order = await Client.GetOrderAsync(id);
            Assert.Equal("Cancelled", order.State());
            var announced = (await checkout.App.OutboxAsync(id)).Select(m => m.Type.Split('.')[2].Split('-')[1]);
            Assert.Equal(order.States().Select(s => s.ToLowerInvariant()), announced);
        }
    }

    private async Task ConfirmAsync(Guid id)
    {
        try
        {
            await checkout.App.StockReservedAsync(id);
        }
        catch (DbUpdateException)
        {
            // It lost the race, and is tried again as the consumer would.
            await checkout.App.StockReservedAsync(id);
        }
    }
}
