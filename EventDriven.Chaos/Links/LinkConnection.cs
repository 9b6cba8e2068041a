using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace EventDriven.Chaos.Links;

/// <summary>One connection over a link.</summary>
/// <param name="client">The client's end, accepted.</param>
/// <param name="server">Where the server listens now; null when that is not known yet.</param>
/// <param name="trouble">The link's trouble now, or null.</param>
internal sealed class LinkConnection(Socket client, Func<IPEndPoint?> server, Func<LinkTrouble?> trouble) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile bool _isAsked;

    /// <summary>Carries bytes until both ends have closed, or one is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            client.NoDelay = true;
            if ((trouble() is { } known && !await known.AdmitAsync(gone.Token)) || server() is not { } address)
            {
                return;
            }

            await _server.ConnectAsync(address, gone.Token);
            await Task.WhenAll(
                PumpAsync(client, _server, LinkDirection.Up, gone), PumpAsync(_server, client, LinkDirection.Down, gone));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server is down, or an end was reset: the other one gets to know by a reset too.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Resets both ends, so that neither takes it for an orderly close. Ends that have closed are merely freed.</summary>
    public void Dispose()
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }

            socket.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, LinkDirection direction, CancellationTokenSource gone)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReceiveAsync(buffer, gone.Token) is > 0 and var bytes)
            {
                var isAnswer = direction == LinkDirection.Down && _isAsked;
                if (trouble() is { } met && !await met.PassAsync(new LinkPassage(direction, bytes, isAnswer), gone.Token))
                {
                    await gone.CancelAsync();
                    return;
                }

                // Before the bytes are sent: the answer may be here at once.
                _isAsked = direction == LinkDirection.Up || (_isAsked && !isAnswer);
                for (var sent = 0; sent < bytes;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, bytes - sent), gone.Token);
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One end is gone, and so is the other one.
            await gone.CancelAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
