using System.Diagnostics;
using System.Net;
using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Http;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Checkout;

/// <summary>A thousand clients that follow orders cost the database as much as one, and nobody else their place.</summary>
public sealed class ManyStreamsTests(Servers servers)
{
    private const int Orders = 200;
    private const int StreamsPerOrder = 5;
    private const int Streams = Orders * StreamsPerOrder;
    private const int OpenedAtOnce = 50;
    private const long MostBytesPerStream = 200 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_streams_take_a_query_a_second_and_all_get_their_change()
    {
        await using var app = await StartAsync(limit: Streams);
        var ids = new List<Guid>();
        for (var i = 0; i < Orders; i++)
        {
            ids.Add(await app.Client.PlaceAsync());
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var streams = new List<(string? FirstLine, StreamReader Reader)>();
        foreach (var some in ids.SelectMany(id => Enumerable.Repeat(id, StreamsPerOrder)).Chunk(OpenedAtOnce))
        {
            streams.AddRange(await Task.WhenAll(some.Select(id => OpenAsync(app, id))));
        }

        Assert.All(streams, stream => Assert.Equal("id: 1", stream.FirstLine));

        // Client and server are in this process.
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Streams, long.MinValue, MostBytesPerStream);

        using (var counted = await HistoryQueries.OfAsync(app))
        {
            // Each stream used to ask once a second. One query was under way, one was for the last stream, and a round ends any time.
            var started = Stopwatch.GetTimestamp();
            await Eventually.TrueAsync(() => counted.Count >= 6);
            Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1.9, 30);

            using var tooMany = await app.Client.GetAsync($"/orders/{ids[0]}/events", HttpCompletionOption.ResponseHeadersRead, Token);
            await tooMany.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
            Assert.NotNull(tooMany.Headers.RetryAfter?.Delta);
            await app.Client.PlaceAsync();

            // As another instance would.
            counted.Reset();
            await app.QueryAsync(database => database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO order_history (order_id, number, state, at)
                SELECT id, 2, 'Cancelled', now() FROM orders WHERE id = ANY({ids})
                """,
                Token));
            Assert.All(
                await Task.WhenAll(streams.Select(stream => stream.Reader.ReadToEndAsync(Token))),
                rest => Assert.Contains("id: 2\ndata: {\"state\":\"Cancelled\"", rest, StringComparison.Ordinal));
            Assert.InRange(counted.Count, 1, 30);
        }

        foreach (var stream in streams)
        {
            stream.Reader.Dispose();
        }
    }

    [Fact]
    public async Task An_order_is_placed_and_answered_at_once_when_too_many_requests_wait()
    {
        await using var app = await StartAsync(limit: 1);
        var id = await app.Client.PlaceAsync();
        var (_, reader) = await OpenAsync(app, id);

        using var answer = await app.Client.PlaceAsync(new OrderBody(), CheckoutHttp.NewKey(), "wait=30");

        Assert.Equal("Placed", (await answer.ReadAsync(HttpStatusCode.Created)).State());
        Assert.False(answer.Headers.Contains("Preference-Applied"));
        reader.Dispose();
    }

    private Task<ServiceApp<CheckoutDbContext>> StartAsync(int limit) => ServiceApp<CheckoutDbContext>.StartAsync(
        servers, "checkoutdb", settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Http:Overload:LongRequests"] = $"{limit}",
            ["Http:Overload:LongRequestsPerClient"] = $"{limit + 1}",
            ["Http:Overload:ConnectionsPerAddress"] = "0",
            [ProviderWebhook.Setting] = ProviderWebhook.Secret,
            [TestMasterKey.Setting] = TestMasterKey.Value,
        });

    private static async Task<(string? FirstLine, StreamReader Reader)> OpenAsync(ServiceApp<CheckoutDbContext> app, Guid id)
    {
        var answer = await app.Client.GetAsync($"/orders/{id}/events", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Matches("^retry: [1-5][0-9]{3}$", await reader.ReadLineAsync(Token));
        Assert.Equal("", await reader.ReadLineAsync(Token));
        return (await reader.ReadLineAsync(Token), reader);
    }
}
