using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using EventDriven.Tests.Checkout.Host;

namespace EventDriven.Tests.Checkout;

[Collection<CheckoutCollection>]
public class WatchOrderTests(CheckoutFixture checkout)
{
    private HttpClient Client => checkout.App.Client;

    [Fact]
    public async Task Stream_tells_each_change_as_it_happens_and_ends_with_the_end_state()
    {
        var id = await Client.PlaceAsync();
        await using var events = (await WatchAsync(id)).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("1", "Placed"), events.Current);
        await checkout.App.StockReservedAsync(id);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("2", "Confirmed"), events.Current);
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Stream_sees_what_another_instance_did()
    {
        await using var other = new CheckoutApp(checkout.Options);
        var id = await Client.PlaceAsync();
        await using var events = (await WatchAsync(id, "1")).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        using var cancelled = await other.Client.CancelAsync(id);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("2", "Cancelled"), events.Current);
    }

    [Fact]
    public async Task Stream_resumes_after_the_last_event_that_was_seen()
    {
        var id = await Client.PlaceAsync();
        await checkout.App.StockReservedAsync(id);
        using var cancelled = await Client.CancelAsync(id);

        Assert.Equal(
            [("1", "Placed"), ("2", "Confirmed"), ("3", "Cancelled")],
            await (await WatchAsync(id)).ToArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal([("3", "Cancelled")], await (await WatchAsync(id, "2")).ToArrayAsync(TestContext.Current.CancellationToken));

        using var nothing = await SendAsync(id, "3");
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task Unknown_order_is_404_and_a_foreign_event_id_400()
    {
        using var unknown = await SendAsync(Guid.Empty, null);
        await unknown.ReadProblemAsync(HttpStatusCode.NotFound, "id");

        using var foreign = await SendAsync(await Client.PlaceAsync(), "abc");
        await foreign.ReadProblemAsync(HttpStatusCode.BadRequest, "Last-Event-ID");
    }

    private async Task<IAsyncEnumerable<(string Id, string State)>> WatchAsync(Guid id, string? lastEventId = null)
    {
        var answer = await SendAsync(id, lastEventId);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken)
            .Select(e => (e.EventId!, JsonElement.Parse(e.Data).State()));
    }

    private async Task<HttpResponseMessage> SendAsync(Guid id, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/{id}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
