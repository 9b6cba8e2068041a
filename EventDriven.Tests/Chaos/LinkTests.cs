using System.Net;
using System.Net.Sockets;
using System.Text;
using EventDriven.Chaos.Links;

namespace EventDriven.Tests.Chaos;

/// <summary>The fault rig's links, between plain sockets.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LinkTests : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly Link _link = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.Start();
        _link.Server = (IPEndPoint)_server.LocalEndpoint;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task A_sound_link_carries_bytes_both_ways_and_an_orderly_close()
    {
        var (client, server) = await ConnectAsync();

        await SendAsync(client, "question");
        Assert.Equal("question", await ReceiveAsync(server, 8));
        await SendAsync(server, "answer");
        Assert.Equal("answer", await ReceiveAsync(client, 6));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await server.ReceiveAsync(new byte[1], Token).AsTask().WaitAsync(Bound, Token));
    }

    [Fact]
    public async Task A_link_knows_the_addresses_by_which_the_server_knew_its_connections()
    {
        var (client, server) = await ConnectAsync();
        var address = server.RemoteEndPoint!;

        await Eventually.TrueAsync(() => _link.Carried(address));
        client.Close();
        Assert.True(_link.Carried(address));
        Assert.False(_link.Carried(_link.Address));
    }

    [Fact]
    public async Task Many_bytes_arrive_as_they_were_sent()
    {
        var (client, server) = await ConnectAsync();
        var sent = new byte[1_000_000];
        new Random(1).NextBytes(sent);

        var sending = client.SendAsync(sent, Token).AsTask();
        var received = new byte[sent.Length];
        for (var length = 0; length < received.Length;)
        {
            length += await server.ReceiveAsync(received.AsMemory(length), Token).AsTask().WaitAsync(Bound, Token);
        }

        Assert.Equal(sent.Length, await sending.WaitAsync(Bound, Token));
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_slow_link_delivers_late_and_in_order()
    {
        var (client, server) = await ConnectAsync();
        var trouble = new SlowLink(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50), new Random(1));
        _link.Begin(trouble);

        var begun = TimeProvider.System.GetTimestamp();
        await SendAsync(client, "first");
        await SendAsync(client, "second");
        Assert.Equal("firstsecond", await ReceiveAsync(server, 11));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.FromMilliseconds(45), Bound);
        Assert.Equal(11, trouble.Bytes);
    }

    [Fact]
    public async Task A_reset_link_resets_what_is_open_and_what_is_new_until_its_end()
    {
        var (client, server) = await ConnectAsync();
        var trouble = new ResetLink();
        _link.Begin(trouble);

        await IsResetAsync(client);
        await IsResetAsync(server);
        await IsRefusedAsync();
        Assert.True(trouble.Connections >= 2);

        _link.End();
        await CarriesAsync();
    }

    [Fact]
    public async Task A_half_open_link_accepts_answers_nothing_and_is_dead_in_the_end()
    {
        var (client, server) = await ConnectAsync();
        var trouble = new HalfOpenLink();
        _link.Begin(trouble);
        var late = await ConnectClientAsync();

        await SendAsync(client, "question");
        await SendAsync(late, "question");
        await ReceivesNothingAsync(server);
        await ReceivesNothingAsync(late);

        _link.End();
        await IsResetAsync(client);
        await IsResetAsync(late);
        await CarriesAsync();
        Assert.True(trouble.Bytes > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_that_is_cut_one_way_carries_the_other_and_delivers_in_the_end(bool isDown)
    {
        var (client, server) = await ConnectAsync();
        var (from, to) = isDown ? (server, client) : (client, server);
        var trouble = new OneWayLink(isDown ? LinkDirection.Down : LinkDirection.Up);
        _link.Begin(trouble);

        await SendAsync(from, "held");
        await SendAsync(to, "free");
        Assert.Equal("free", await ReceiveAsync(from, 4));
        await ReceivesNothingAsync(to);

        _link.End();
        Assert.Equal("held", await ReceiveAsync(to, 4));
        Assert.Equal(4, trouble.Bytes);
    }

    [Fact]
    public async Task A_close_does_not_come_through_a_half_open_link()
    {
        var (client, server) = await ConnectAsync();
        _link.Begin(new HalfOpenLink());

        client.Shutdown(SocketShutdown.Send);
        await ReceivesNothingAsync(server);

        _link.End();
        await IsResetAsync(server);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_does_not_come_through_a_link_that_is_cut_one_way_until_its_end(bool isDown)
    {
        var (client, server) = await ConnectAsync();
        var (from, to) = isDown ? (server, client) : (client, server);
        _link.Begin(new OneWayLink(isDown ? LinkDirection.Down : LinkDirection.Up));

        from.Shutdown(SocketShutdown.Send);
        await ReceivesNothingAsync(to);

        _link.End();
        Assert.Equal(0, await to.ReceiveAsync(new byte[1], Token).AsTask().WaitAsync(Bound, Token));
    }

    [Fact]
    public async Task A_reset_does_not_come_through_a_link_that_is_cut_until_its_end()
    {
        var (client, server) = await ConnectAsync();
        _link.Begin(new OneWayLink(LinkDirection.Up));

        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await ReceivesNothingAsync(server);

        // Nor does it when it is only noticed because something is sent to whoever is gone.
        await SendAsync(server, "answer");
        await SendAsync(server, "answer");
        await ReceivesNothingAsync(server);

        _link.End();
        await IsResetAsync(server);
    }

    [Fact]
    public async Task A_lost_acknowledgement_was_given_for_what_arrived()
    {
        var (client, server) = await ConnectAsync();
        var trouble = new LostAnswers(share: 1, new Random(1));
        _link.Begin(trouble);

        await SendAsync(client, "commit");
        Assert.Equal("commit", await ReceiveAsync(server, 6));
        await SendAsync(server, "done");
        await IsResetAsync(client);
        Assert.Equal((4, 1), (trouble.Bytes, trouble.Connections));
    }

    [Fact]
    public async Task What_a_server_says_unasked_is_no_acknowledgement()
    {
        var (client, server) = await ConnectAsync();
        _link.Begin(new LostAnswers(share: 1, new Random(1)));

        await SendAsync(server, "welcome");

        Assert.Equal("welcome", await ReceiveAsync(client, 7));
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_reset()
    {
        _server.Stop();

        await IsRefusedAsync();
        await Eventually.TrueAsync(() => _link.Open == 0);
    }

    [Fact]
    public async Task A_client_that_dies_is_gone_for_the_server()
    {
        var (client, server) = await ConnectAsync();

        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();

        await IsResetAsync(server);
        await Eventually.TrueAsync(() => _link.Open == 0);
    }

    private async Task CarriesAsync()
    {
        var (client, server) = await ConnectAsync();
        await SendAsync(client, "hello");
        Assert.Equal("hello", await ReceiveAsync(server, 5));
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = await ConnectClientAsync();
        return (client, await _server.AcceptSocketAsync(Token).AsTask().WaitAsync(Bound, Token));
    }

    private async Task<Socket> ConnectClientAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(_link.Address, Token);
        return client;
    }

    private static async Task SendAsync(Socket socket, string text) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Token);

    private static async Task<string> ReceiveAsync(Socket socket, int length)
    {
        var buffer = new byte[length];
        for (var received = 0; received < length;)
        {
            var bytes = await socket.ReceiveAsync(buffer.AsMemory(received), Token).AsTask().WaitAsync(Bound, Token);
            Assert.NotEqual(0, bytes);
            received += bytes;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    private static async Task ReceivesNothingAsync(Socket socket)
    {
        using var moment = new CancellationTokenSource(Moment);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await socket.ReceiveAsync(new byte[1], moment.Token));
    }

    private async Task IsRefusedAsync()
    {
        // Before or after the client has noticed that it is connected.
        var refused = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await ConnectClientAsync();
            await client.ReceiveAsync(new byte[1], Token).AsTask().WaitAsync(Bound, Token);
        });
        Assert.Equal(SocketError.ConnectionReset, refused.SocketErrorCode);
    }

    private static async Task IsResetAsync(Socket socket)
    {
        // It may have had something to say before.
        var reset = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await socket.ReceiveAsync(new byte[100], Token).AsTask().WaitAsync(Bound, Token) > 0)
            {
            }
        });
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }
}
