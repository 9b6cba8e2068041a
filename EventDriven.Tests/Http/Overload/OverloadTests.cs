using System.Net;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Http.Overload;

/// <summary>What is too much is refused before it costs anything, and says when it may come again.</summary>
public sealed class OverloadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_than_is_carried_out_waits_and_more_than_may_wait_is_503()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:Concurrency", "2"), ("Http:Overload:Queue", "3"), ("Http:Overload:QueueTimeout", "00:00:30"));
        using var client = app.NewClient();
        var sent = Enumerable.Range(0, 8).Select(_ => client.GetAsync("/work", Token)).ToList();

        await Eventually.TrueAsync(() => sent.Count(s => s.IsCompleted) == 3);

        foreach (var refused in sent.Where(s => s.IsCompleted))
        {
            var problem = await (await refused).ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
            Assert.Equal("as-is", problem.GetProperty("repeat").GetString());
            Assert.InRange((await refused).Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 3);
        }

        await Eventually.TrueAsync(() => app.Running == 2);
        app.Finish();
        Assert.Equal(5, (await Task.WhenAll(sent)).Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single(app.Log.Entries, e => e.Level == LogLevel.Warning && e.Line.Contains("too much to do", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_has_waited_too_long_is_503()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:Concurrency", "1"), ("Http:Overload:QueueTimeout", "00:00:00.2"));
        using var client = app.NewClient();
        var first = client.GetAsync("/work", Token);
        await Eventually.TrueAsync(() => app.Running == 1);

        using var second = await client.GetAsync("/work", Token);

        await second.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
        app.Finish();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_queue_and_is_no_error()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:Concurrency", "1"), ("Http:Overload:Queue", "1"), ("Http:Overload:QueueTimeout", "00:00:30"));
        using var client = app.NewClient();
        var first = client.GetAsync("/work", Token);
        await Eventually.TrueAsync(() => app.Running == 1);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var second = client.GetAsync("/work", leaving.Token);
        await Eventually.TrueAsync(() => app.Queued == 1);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/work", Token)).StatusCode);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        await Eventually.TrueAsync(() => app.Queued == 0);
        var third = client.GetAsync("/work", Token);
        await Eventually.TrueAsync(() => app.Queued == 1);
        app.Finish();
        Assert.Equal(HttpStatusCode.OK, (await third).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.DoesNotContain(app.Log.Entries, e => e.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Who_goes_away_while_its_request_is_carried_out_is_no_error()
    {
        await using var app = await OverloadedApp.StartAsync();
        using var client = app.NewClient();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var request = client.GetAsync("/work", leaving.Token);
        await Eventually.TrueAsync(() => app.Running == 1);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await Eventually.TrueAsync(() => app.Running == 0);
        using var next = await client.GetAsync("/reserved", Token);
        Assert.DoesNotContain(app.Log.Entries, e => e.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_full_service_is_alive_and_healthy_and_answers_those_with_places_of_their_own()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:Concurrency", "1"), ("Http:Overload:Queue", "0"));
        using var client = app.NewClient();
        var first = client.GetAsync("/work", Token);
        await Eventually.TrueAsync(() => app.Running == 1);

        foreach (var (path, status) in new[] { ("/work", HttpStatusCode.ServiceUnavailable), ("/alive", HttpStatusCode.OK),
            ("/health", HttpStatusCode.OK), ("/reserved", HttpStatusCode.OK) })
        {
            using var answer = await client.GetAsync(path, Token);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }

        app.Finish();
        await first;
    }

    [Fact]
    public async Task A_long_request_gives_its_place_back_and_has_a_limit_of_its_own()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:Concurrency", "1"), ("Http:Overload:Queue", "0"), ("Http:Overload:LongRequests", "2"));
        using var client = app.NewClient();
        using var one = await client.GetAsync("/wait", HttpCompletionOption.ResponseHeadersRead, Token);
        using var two = await client.GetAsync("/wait", HttpCompletionOption.ResponseHeadersRead, Token);

        using var three = await client.GetAsync("/wait", HttpCompletionOption.ResponseHeadersRead, Token);
        await three.ReadProblemOfCodeAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
        using var address = await client.GetAsync("/address", Token);
        Assert.Equal(HttpStatusCode.OK, address.StatusCode);

        two.Dispose();
        await Eventually.TrueAsync(async () =>
            (await client.GetAsync("/wait", HttpCompletionOption.ResponseHeadersRead, Token)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_customer_and_a_client_have_limits_of_long_requests_of_their_own()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:LongRequestsPerCustomer", "1"), ("Http:Overload:LongRequestsPerClient", "2"));
        using var customer = app.NewClient(TestTokens.OfCustomer(Customer()));
        using var another = app.NewClient(TestTokens.OfCustomer(Customer()));
        using var office = app.NewClient(TestTokens.All);

        var answers = new List<HttpResponseMessage>();
        foreach (var client in new[] { customer, customer, another, office, office, office })
        {
            answers.Add(await client.GetAsync("/wait", HttpCompletionOption.ResponseHeadersRead, Token));
        }

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK,
                HttpStatusCode.TooManyRequests],
            answers.ConvertAll(answer => answer.StatusCode));
        await answers[1].ReadProblemOfCodeAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        answers.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task A_customer_that_sends_too_many_is_429_and_others_are_not()
    {
        await using var app = await OverloadedApp.StartAsync(
            ("Http:Overload:CustomerPerSecond", "1"), ("Http:Overload:CustomerBurst", "3"));
        using var greedy = app.NewClient(TestTokens.OfCustomer(Customer()));
        using var modest = app.NewClient(TestTokens.OfCustomer(Customer()));
        using var office = app.NewClient(TestTokens.All);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => greedy.GetAsync("/own", Token)));

        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 3, 10);
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.OK))
        {
            var problem = await refused.ReadProblemOfCodeAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
            Assert.Equal("as-is", problem.GetProperty("repeat").GetString());
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }

        foreach (var other in new[] { modest, office, office, office, office, office })
        {
            Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/own", Token)).StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_sends_too_many_is_429_before_its_token_is_looked_at()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:AddressPerSecond", "1"), ("Http:Overload:AddressBurst", "3"));
        using var client = app.NewClient("not a token");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/own", Token)));

        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized), 3, 10);
        Assert.All(
            answers.Where(a => a.StatusCode != HttpStatusCode.Unauthorized),
            a => Assert.Equal(HttpStatusCode.TooManyRequests, a.StatusCode));

        // What other services and the payment provider call from this address has a share of its own.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/reserved", Token)).StatusCode);
    }

    [Theory]
    [InlineData(null, null, "127.0.0.1")]
    [InlineData("127.0.0.0/8", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.0/8", "203.0.113.7", "127.0.0.1")]
    [InlineData(null, "203.0.113.7", "127.0.0.1")]
    public async Task A_clients_address_is_what_a_configured_proxy_says_and_no_other(string? proxy, string? forwarded, string expected)
    {
        await using var app = await OverloadedApp.StartAsync(proxy is null ? [] : [("Http:Proxies:Networks:0", proxy)]);
        using var client = app.NewClient();
        if (forwarded is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        }

        Assert.Equal(expected, (await client.GetStringAsync("/address", Token)).Replace("::ffff:", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Http:Overload:Concurrency", "0", "Concurrency")]
    [InlineData("Http:Overload:QueueTimeout", "00:05:00", "QueueTimeout")]
    [InlineData("Http:Overload:CustomerPerSecond", "5000", "CustomerBurst is 100, so that there could never be 5000 requests/s")]
    [InlineData("Http:Proxies:Networks:0", "somewhere", "'somewhere', which is neither an address nor a network")]
    public async Task A_limit_that_cant_be_stops_the_start_and_is_named(string setting, string value, string named)
    {
        var failure = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => OverloadedApp.StartAsync((setting, value)));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static Guid Customer() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
