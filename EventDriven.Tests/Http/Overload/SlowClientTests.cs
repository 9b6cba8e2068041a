using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EventDriven.ServiceDefaults.Http.Limits;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Proxies;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Http.Overload;

/// <summary>A client that is slow on purpose loses its connection; one too many gets none.</summary>
public sealed class SlowClientTests
{
    // Kestrel's grace is 5 s, for headers 10 s, and it looks once a second.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_drips_is_408()
    {
        await using var app = await OverloadedApp.StartAsync();
        using var client = await ConnectAsync(app);
        await client.SendAsync(Ascii("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"), Token);

        var answer = await DripAsync(client);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("request-timeout", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_never_end_are_408()
    {
        await using var app = await OverloadedApp.StartAsync();
        using var client = await ConnectAsync(app);
        await client.SendAsync(Ascii("GET /address HTTP/1.1\r\nHost: a\r\nX-Drip: "), Token);

        Assert.StartsWith("HTTP/1.1 408 ", await DripAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_reads_a_large_answer_loses_its_connection()
    {
        // A rate at which what the buffers of loopback take is due within seconds.
        await using var app = await OverloadedApp.StartAsync(
            kestrel => kestrel.Limits.MinResponseDataRate = new MinDataRate(20_000_000, TimeSpan.FromSeconds(2)));
        using var client = await ConnectAsync(app, receiveBuffer: 4_096);

        await client.SendAsync(Ascii("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n"), Token);

        await Eventually.TrueAsync(() => app.Answering == 1);
        await Eventually.TrueAsync(() => app.Answering == 0, Bound);
    }

    [Fact]
    public void Every_limit_of_a_connection_is_set()
    {
        var kestrel = new KestrelServerOptions();
        using var addresses = new AddressConnections(Options.Create(new OverloadOptions()), Options.Create(new ProxyOptions()));
        new ConnectionLimits(Options.Create(new OverloadOptions()), addresses).Configure(kestrel);

        var limits = kestrel.Limits;
        Assert.Equal(1_024, limits.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.Equal(4_096, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal(4_096, limits.MaxConcurrentConnections);
        Assert.Equal(100, limits.Http2.MaxStreamsPerConnection);
        Assert.Equal(TimeSpan.FromMinutes(2), limits.KeepAliveTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.RequestHeadersTimeout);
    }

    [Fact]
    public async Task Bodies_that_drip_keep_no_place()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:Concurrency", "1"), ("Http:Overload:Queue", "0"));
        using var slow = await ConnectAsync(app);
        using var chunked = await ConnectAsync(app);
        await slow.SendAsync(Ascii("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"), Token);
        await chunked.SendAsync(Ascii("POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), Token);
        using var client = app.NewClient();

        using var answer = await client.PostAsync("/echo", new StringContent("abcdef"), Token);
        Assert.Equal("abcdef", await answer.Content.ReadAsStringAsync(Token));

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(slow, "defghi"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(chunked, "3\r\ndef\r\n0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_does_not_come_in_time_is_408()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:BodyTimeout", "00:00:01"));
        using var client = await ConnectAsync(app);
        await client.SendAsync(Ascii("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"), Token);
        var started = Stopwatch.GetTimestamp();

        // Faster than the least rate, which Kestrel looks after.
        var answer = await DripAsync(client, bytes: 500);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("request-timeout", answer, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 5);
    }

    [Fact]
    public async Task More_bodies_than_are_waited_for_are_503_and_those_that_come_at_once_are_not()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:Bodies", "1"));
        using var one = await ConnectAsync(app);
        using var other = await ConnectAsync(app);

        // Whichever comes first is waited for.
        var answers = Array.ConvertAll(
            new[] { one, other }, socket => ReadAsync(socket, "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"));
        var refused = await Task.WhenAny(answers);

        Assert.StartsWith("HTTP/1.1 503 ", await refused, StringComparison.Ordinal);
        using var whole = await ConnectAsync(app);
        Assert.StartsWith(
            "HTTP/1.1 200 ", await ReadAsync(whole, "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"),
            StringComparison.Ordinal);
        await (refused == answers[0] ? other : one).SendAsync(Ascii("defghi"), Token);
        Assert.StartsWith("HTTP/1.1 200 ", await answers.Single(answer => answer != refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_read_slowly_keeps_no_place()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:Concurrency", "1"), ("Http:Overload:Queue", "0"));
        using var slow = await ConnectAsync(app, receiveBuffer: 4_096);
        await slow.SendAsync(Ascii("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n"), Token);
        await Eventually.TrueAsync(() => app.Answering == 1);
        using var client = app.NewClient();

        using var answer = await client.GetAsync("/address", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, app.Answering);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("127.0.0.1", true)]
    public async Task One_address_does_not_take_all_connections_unless_it_is_a_proxy(string? proxy, bool isServed)
    {
        await using var app = await OverloadedApp.StartAsync(
            [("Http:Overload:ConnectionsPerAddress", "2"), .. proxy is null ? [] : new[] { ("Http:Proxies:Networks:0", proxy) }]);
        using var first = await ConnectAsync(app);
        using var second = await ConnectAsync(app);
        Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(second), StringComparison.Ordinal);

        using var third = await ConnectAsync(app);

        Assert.Equal(isServed, (await ExchangeAsync(third)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));
        first.Dispose();
        await Eventually.TrueAsync(async () =>
        {
            using var next = await ConnectAsync(app);
            return (await ExchangeAsync(next)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_the_others_go_on()
    {
        await using var app = await OverloadedApp.StartAsync(("Http:Overload:Connections", "3"));
        var connections = new List<Socket>();
        for (var i = 0; i < 3; i++)
        {
            connections.Add(await ConnectAsync(app));
            Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(connections[i]), StringComparison.Ordinal);
        }

        using var fourth = await ConnectAsync(app);
        Assert.Equal("", await ExchangeAsync(fourth));
        Assert.StartsWith("HTTP/1.1 200 ", await ExchangeAsync(connections[0]), StringComparison.Ordinal);
        connections.ForEach(connection => connection.Dispose());
    }

    private static async Task<Socket> ConnectAsync(OverloadedApp app, int receiveBuffer = 64 * 1024)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = receiveBuffer };
        try
        {
            await socket.ConnectAsync(app.Url.Host, app.Url.Port, Token);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // One too many can be reset before its connect has returned. What is sent on it then fails.
        }

        return socket;
    }

    // Until the end of the chunked answer, which may come by itself; "" if the connection is closed.
    private static async Task<string> ExchangeAsync(Socket socket)
    {
        var answer = await ReadAsync(socket, "GET /reserved HTTP/1.1\r\nHost: a\r\n\r\n");
        while (answer.Length > 0 && !answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var more = await ReadAsync(socket, "");
            answer = more.Length > 0 ? answer + more : "";
        }

        return answer;
    }

    private static async Task<string> ReadAsync(Socket socket, string request, TimeSpan? atMost = null)
    {
        var buffer = new byte[4_096];
        try
        {
            await socket.SendAsync(Ascii(request), Token);
            return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, Token).AsTask().WaitAsync(atMost ?? Bound, Token));
        }
        catch (Exception exception) when (exception is SocketException || (exception is TimeoutException && atMost is not null))
        {
            return "";
        }
    }

    // Some bytes every 100 ms, until there is an answer.
    private static async Task<string> DripAsync(Socket socket, int bytes = 1)
    {
        var buffer = new byte[4_096];
        var answer = socket.ReceiveAsync(buffer, Token).AsTask();
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(started) < Bound && await timer.WaitForNextTickAsync(Token))
        {
            try
            {
                await socket.SendAsync(Ascii(new string('a', bytes)), Token);
            }
            catch (SocketException)
            {
                // Closed, after the answer.
                break;
            }
        }

        return Encoding.ASCII.GetString(buffer, 0, await answer.WaitAsync(Bound, Token));
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
