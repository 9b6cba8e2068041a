using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Http;

/// <summary>While PostgreSQL is away, every call is answered, and says how it may be repeated.</summary>
public sealed class AwayDatabaseTests(Servers servers)
{
    private static readonly Guid SomeId = Guid.Parse("0190a1b2-0000-7000-8000-000000000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("checkout", "GET /orders", "as-is")]
    [InlineData("checkout", "GET /orders/{id}", "as-is")]
    [InlineData("checkout", "GET /orders/{id}/events", "as-is")]
    [InlineData("checkout", "POST /orders", "same-key")]
    [InlineData("checkout", "POST /orders/{id}/cancel", "as-is")]
    [InlineData("checkout", "POST /payments/webhook", "as-is")]
    [InlineData("checkout", "POST /customers", "same-key")]
    [InlineData("inventory", "GET /stock", "as-is")]
    [InlineData("inventory", "GET /stock/mug-blue", "as-is")]
    [InlineData("inventory", "PUT /stock/mug-blue", "as-is")]
    [InlineData("inventory", "POST /reservations", "as-is")]
    [InlineData("inventory", "GET /reservations/{id}", "as-is")]
    [InlineData("notifications", "GET /messages?orderId={id}", "as-is")]
    [InlineData("analytics", "GET /analytics/orders-by-state", "as-is")]
    [InlineData("analytics", "GET /analytics/orders/{id}", "as-is")]
    [InlineData("analytics", "GET /analytics/orders/{id}/journey", "as-is")]
    [InlineData("analytics", "GET /analytics/revenue", "as-is")]
    [InlineData("analytics", "GET /analytics/top-skus", "as-is")]
    [InlineData("analytics", "GET /analytics/time-to-confirm", "as-is")]
    [InlineData("analytics", "GET /analytics/sign-ups", "as-is")]
    [InlineData("recommendations", "GET /recommendations/mug-blue", "as-is")]
    public async Task Every_call_is_503_and_says_when_and_how_to_repeat_it(string service, string call, string repeat)
    {
        await using var gated = await GatedApp.StartAsync(service, servers);
        var (app, gate) = (gated.App, gated.Gate);
        gate.Close();

        using var answer = await SendAsync(app.Client, call);

        var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "database-away");
        Assert.Equal(repeat, problem.GetProperty("repeat").GetString());
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_order_of_which_nobody_knew_is_placed_once_when_it_is_repeated_with_its_key()
    {
        await using var gated = await GatedApp.StartAsync("checkout", servers);
        var (app, gate) = (gated.App, gated.Gate);
        var (body, key) = (new OrderBody(), CheckoutHttp.NewKey());
        using var first = await app.Client.PlaceAsync(body, key);
        gate.Close();
        using var away = await app.Client.PlaceAsync(body, key);
        await away.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "database-away");
        gate.Open();

        using var again = await app.Client.PlaceAsync(body, key);

        Assert.Equal(
            (await first.ReadAsync(HttpStatusCode.Created)).GetRawText(), (await again.ReadAsync(HttpStatusCode.Created)).GetRawText());
    }

    [Fact]
    public async Task An_order_that_was_placed_is_answered_though_its_end_cant_be_waited_for()
    {
        await using var gated = await GatedApp.StartAsync("checkout", servers);
        var (app, gate) = (gated.App, gated.Gate);
        var body = new OrderBody();
        var answering = app.Client.PlaceAsync(body, CheckoutHttp.NewKey(), "wait=20");
        await Eventually.TrueAsync(
            async () => (await app.Client.GetStringAsync($"/orders?customerId={body.CustomerId}", Token))
                .Contains("Placed", StringComparison.Ordinal));
        gate.Close();

        using var answer = await answering;

        Assert.Equal("Placed", (await answer.ReadAsync(HttpStatusCode.Created)).State());
        Assert.False(answer.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task A_stream_of_events_ends_so_that_its_client_comes_back()
    {
        await using var gated = await GatedApp.StartAsync("checkout", servers);
        var (app, gate) = (gated.App, gated.Gate);
        var order = await app.Client.PlaceAsync();
        using var stream = await app.Client.GetAsync($"/orders/{order}/events", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = await OpenedAsync(stream);
        gate.Close();

        await reader.ReadToEndAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.DoesNotContain(
            app.Log.Entries, e => e.Level >= LogLevel.Error && e.Line.Contains("unhandled exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_of_events_outlives_a_short_outage()
    {
        await using var gated = await GatedApp.StartAsync("checkout", servers);
        var (app, gate) = (gated.App, gated.Gate);
        var order = await app.Client.PlaceAsync();
        using var stream = await app.Client.GetAsync($"/orders/{order}/events", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = await OpenedAsync(stream);
        gate.Close();
        await Eventually.TrueAsync(
            () => app.Log.Entries.Any(e => e.Line.Contains("Changes of watched orders can't be read", StringComparison.Ordinal)));

        gate.Open();
        await Eventually.TrueAsync(async () => (await app.Client.CancelAsync(order)).StatusCode == HttpStatusCode.OK);

        Assert.Contains(
            "id: 2\n", await reader.ReadToEndAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_is_a_line_and_not_one_for_each_request()
    {
        await using var gated = await GatedApp.StartAsync("inventory", servers);
        var (app, gate) = (gated.App, gated.Gate);
        gate.Close();

        for (var i = 0; i < 50; i++)
        {
            using var answer = await app.Client.GetAsync("/stock", Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        var lines = app.Log.Entries.Where(
            e => e.Level >= LogLevel.Information && e.Line.Contains("503", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 1, 5);
        Assert.DoesNotContain(app.Log.Entries, e => e.Level >= LogLevel.Error && e.Line.Contains("/stock", StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string call)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1].Replace("{id}", SomeId.ToString(), StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = Body(call) };
        request.Headers.Add("Idempotency-Key", CheckoutHttp.NewKey());
        if (path == ProviderWebhook.Path)
        {
            await ProviderWebhook.Signer.SignAsync(request, ProviderWebhook.NewId(), Token);
        }

        return await client.SendAsync(call == "POST /reservations" ? request.AsService() : request, Token);
    }

    private static JsonContent? Body(string call) => call switch
    {
        "POST /orders" => Json(new OrderBody()),
        "POST /payments/webhook" => Json(new { orderId = SomeId, providerReference = "pay_1", amount = 1m, currency = "EUR" }),
        "POST /customers" => Json(new { email = "ada@example.org", name = "Ada" }),
        "POST /reservations" => Json(new { orderId = SomeId, lines = new[] { new { sku = "mug-blue", quantity = 1 } } }),
        "PUT /stock/mug-blue" => Json(new { available = 5 }),
        _ => null,
    };

    private static JsonContent Json<T>(T body) => JsonContent.Create(body, options: JsonSerializerOptions.Web);

    // A stream whose first event has come.
    private static async Task<StreamReader> OpenedAsync(HttpResponseMessage stream)
    {
        var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        while (await reader.ReadLineAsync(Token) is { } line && line != "id: 1")
        {
            Assert.True(line is "" || line.StartsWith("retry: ", StringComparison.Ordinal), line);
        }

        return reader;
    }
}
