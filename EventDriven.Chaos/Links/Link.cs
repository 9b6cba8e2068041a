using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EventDriven.Chaos.Links;

/// <summary>A TCP link between one client and one server, which goes through this process and can be in trouble.</summary>
internal sealed class Link : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<LinkConnection, Task> _connections = [];
    private readonly ConcurrentDictionary<EndPoint, bool> _addresses = [];
    private readonly Task _accepting;
    private volatile LinkTrouble? _trouble;

    /// <summary>Listens on a free port of the loopback address.</summary>
    public Link()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client connects.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Where the server listens; connections are reset until it is set.</summary>
    public IPEndPoint? Server { get; set; }

    /// <summary>Connections that are open now.</summary>
    public int Open => _connections.Count;

    /// <summary>Whether a server that names this address as a client's has, or had, a connection over this link.</summary>
    public bool Carried(EndPoint address) => _addresses.ContainsKey(address);

    /// <summary>The link gets into trouble, until <see cref="End"/>.</summary>
    public void Begin(LinkTrouble trouble)
    {
        _trouble = trouble;
        if (trouble.CutsAtBegin)
        {
            foreach (var connection in _connections.Keys)
            {
                trouble.CountCut();
                connection.Dispose();
            }
        }
    }

    /// <summary>The link is sound again.</summary>
    public void End()
    {
        var trouble = _trouble;
        _trouble = null;
        trouble?.End();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                continue;
            }
            catch (SocketException)
            {
                // There are too many of them, say: soon there may be fewer.
                await Task.Delay(Again, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var connection = new LinkConnection(client, () => Server, () => _trouble, address => _addresses[address] = true);
            var done = new TaskCompletionSource();
            _connections[connection] = done.Task;
            _ = RunAsync(connection, done);
        }
    }

    // Owned by the dictionary: whoever disposes of the link waits for it.
    private async Task RunAsync(LinkConnection connection, TaskCompletionSource done)
    {
        try
        {
            await connection.RunAsync(_stopping.Token);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            done.SetResult();
        }
    }
}
