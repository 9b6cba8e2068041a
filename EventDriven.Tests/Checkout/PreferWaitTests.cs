using System.Diagnostics;
using System.Net;
using Checkout.Api.Orders.Placing;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class PreferWaitTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_when_the_order_has_its_end_state_also_when_another_instance_reached_it(bool otherInstance)
    {
        await using var other = otherInstance ? new CheckoutApp(checkout.Options) : null;
        var body = new OrderBody();
        var started = Stopwatch.GetTimestamp();
        var waiting = Client.PlaceAsync(body, CheckoutHttp.NewKey(), "wait=25");
        var id = await Eventually.GetAsync(
            () => checkout.App.QueryAsync(
                d => d.Orders.Where(o => o.CustomerId == (Guid)body.CustomerId!).Select(o => o.Id).SingleOrDefaultAsync()),
            found => found != Guid.Empty);
        await (other ?? checkout.App).StockRejectedAsync(id, "tea-earl-grey");

        using var answer = await waiting;
        var order = await answer.ReadAsync(HttpStatusCode.Created);
        Assert.Equal("Rejected", order.State());
        Assert.Equal("tea-earl-grey", order.GetProperty("rejection").GetProperty("skus")[0].GetString());
        Assert.Equal("wait=25", answer.Headers.GetValues("Preference-Applied").Single());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Answers_with_the_state_so_far_when_the_time_is_over()
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await Client.PlaceAsync(new OrderBody(), CheckoutHttp.NewKey(), "wait=1");

        Assert.Equal("Placed", (await answer.ReadAsync(HttpStatusCode.Created)).State());
        Assert.Equal("wait=1", answer.Headers.GetValues("Preference-Applied").Single());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.99, 10);
    }

    [Fact]
    public async Task Answers_with_the_first_state_when_too_many_waits_end_at_once()
    {
        var slots = checkout.App.Services.GetRequiredService<FinalAnswerSlots>();
        var taken = new List<IDisposable>();
        for (var i = 0; i < FinalAnswerSlots.Concurrency; i++)
        {
            taken.Add((await slots.TakeAsync(TestContext.Current.CancellationToken))!);
        }

        using var full = await Client.PlaceAsync(new OrderBody(), CheckoutHttp.NewKey(), "wait=1");
        taken.ForEach(slot => slot.Dispose());
        using var free = await Client.PlaceAsync(new OrderBody(), CheckoutHttp.NewKey(), "wait=1");

        Assert.Equal("Placed", (await full.ReadAsync(HttpStatusCode.Created)).State());
        Assert.False(full.Headers.Contains("Preference-Applied"));
        Assert.Equal("wait=1", free.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task What_is_no_number_is_ignored()
    {
        using var answer = await Client.PlaceAsync(new OrderBody(), CheckoutHttp.NewKey(), "wait=long");

        await answer.ReadAsync(HttpStatusCode.Created);
        Assert.False(answer.Headers.Contains("Preference-Applied"));
    }
}
