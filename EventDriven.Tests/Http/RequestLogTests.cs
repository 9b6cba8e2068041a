using System.Text;
using EventDriven.Tests.Application.Harness;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace EventDriven.Tests.Http;

/// <summary>What a caller writes stays out of logs and spans, and costs the log little.</summary>
public sealed class RequestLogTests(Servers servers)
{
    private const int Malformed = 300;

    // What a request may cost the log when it is refused, in characters: one line.
    private const int MaxLineLength = 200;

    private static readonly string[] Forbidden = ["victim", "\u001b", "%1b", "[2J", "secret-agent"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Services => [.. AllServices.Names];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Query_strings_and_control_characters_are_in_no_log_line_and_a_refusal_is_one_line_at_Debug(string service)
    {
        await using var app = await AllServices.StartAsync(service, servers);
        var before = app.Log.Entries.Count;

        foreach (var path in Hostile())
        {
            using var answer = await app.Client.GetAsync(path, Token);
            Assert.InRange((int)answer.StatusCode, 200, 499);
        }

        for (var i = 0; i < Malformed; i++)
        {
            using var answer = await MalformedAsync(app.Client, service, i);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        var refused = app.Log.Entries.Skip(before).Where(e => e.Line.StartsWith("Refused", StringComparison.Ordinal)).ToList();
        Assert.InRange(refused.Count, Malformed, Malformed + Hostile().Count());
        Assert.All(refused, e => Assert.Equal(LogLevel.Debug, e.Level));
        Assert.All(refused, e => Assert.InRange(e.Line.Length, 1, MaxLineLength));
        Assert.All(
            app.Log.Entries, e => Assert.DoesNotContain(Forbidden, text => e.Line.Contains(text, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(app.Log.Entries.Skip(before), e => e.Line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_strings_and_control_characters_are_in_no_span()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        await using var app = await AllServices.StartAsync("notifications", servers, settings: receiver.ExporterEnvironment);

        // The test's own client is in this process and would be traced too, as a call without a cause, which nobody records.
        using var untraced = SuppressInstrumentationScope.Begin();

        foreach (var path in Hostile())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("User-Agent", "secret-agent\u001b[2J");
            using var answer = await app.Client.SendAsync(request, Token);
        }

        // Spans are sent in the order in which they end: when this one is there, those before it are.
        var last = CheckoutHttp.NewKey();
        using var end = new HttpRequestMessage(HttpMethod.Get, $"/messages?orderId={Guid.Empty}")
        {
            Headers = { { "X-Correlation-ID", last } },
        };
        using (await app.Client.SendAsync(end, Token))
        {
            await Eventually.TrueAsync(() => receiver.Spans.Any(s => s.Kind == OtlpSpanKind.Server && s.Attributes.Values.Contains(last)));
        }

        Assert.InRange(receiver.Spans.Count(s => s.Kind == OtlpSpanKind.Server && s.Name.StartsWith("GET", StringComparison.Ordinal)),
            Hostile().Count() + 1, int.MaxValue);
        Assert.False(receiver.Mentions("victim"));
        var texts = receiver.Spans.SelectMany(s => s.Attributes.Values.Append(s.Name)).ToList();
        Assert.All(texts, text => Assert.DoesNotContain(Forbidden, word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(receiver.Spans, s => s["url.query"] is not null);
    }

    private static IEnumerable<string> Hostile() =>
    [
        "/messages?orderId=victim@example.com",
        "/messages?orderId=%1b[2J",
        "/messages?%1b[2J=victim",
        "/messages/victim@example.com",
        "/%1b[2J",
        "/stock/%1b[2J",
        "/orders?after=%1b[2Jvictim@example.com",
        "/orders/victim@example.com",
        "/analytics/revenue?currency=victim@example.com&from=%1b[2J",
        "/analytics/top-skus?limit=victim",
        "/recommendations/x?limit=victim",
    ];

    private static Task<HttpResponseMessage> MalformedAsync(HttpClient client, string service, int i) => service switch
    {
        "checkout" => client.PlaceAsync(Text($"{{\"email\":{i}, victim"), CheckoutHttp.NewKey()),
        "inventory" => client.PostAsync("/reservations", Text($"[{i}, victim"), Token),
        "notifications" => client.GetAsync($"/messages?orderId=victim{i}", Token),
        "analytics" => client.GetAsync($"/analytics/revenue?from=victim{i}", Token),
        _ => client.GetAsync($"/recommendations/x?limit=victim{i}", Token),
    };

    private static StringContent Text(string body) => new(body, Encoding.UTF8, "application/json");
}
