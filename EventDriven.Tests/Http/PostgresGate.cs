using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EventDriven.Tests.Http;

/// <summary>
/// Stands between a service and PostgreSQL: when it is closed, connections break and new ones are refused, as when the server is away.
/// </summary>
internal sealed class PostgresGate : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly int _ownPort;
    private readonly ConcurrentBag<Socket> _sockets = [];
    private TcpListener? _listener;

    private PostgresGate(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _ownPort = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>A gate in front of the server of a connection string.</summary>
    public static PostgresGate Before(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        return new PostgresGate(server.Host!, server.Port);
    }

    /// <summary>The connection string that leads through the gate.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = _ownPort }.ConnectionString;

    public void Close()
    {
        _listener?.Stop();
        _listener = null;
        while (_sockets.TryTake(out var socket))
        {
            socket.Dispose();
        }
    }

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, _ownPort);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(client);
                _sockets.Add(server);
                await server.ConnectAsync(_host, _port);
                _ = PassAsync(client, server);
                _ = PassAsync(server, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One side has gone; so does the other.
        }

        from.Dispose();
        to.Dispose();
    }
}
