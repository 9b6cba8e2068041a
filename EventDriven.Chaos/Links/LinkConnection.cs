using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace EventDriven.Chaos.Links;

/// <summary>One connection over a link.</summary>
/// <param name="client">The client's end, accepted.</param>
/// <param name="server">Where the server listens now; null when that is not known yet.</param>
/// <param name="trouble">The link's trouble now, or null.</param>
/// <param name="connected">Is told the address by which the server knows the connection.</param>
internal sealed class LinkConnection(
    Socket client, Func<IPEndPoint?> server, Func<LinkTrouble?> trouble, Action<EndPoint> connected) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private Socket? _server;
    private bool _isAsked;
    private bool _isDisposed;

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

            var other = Connector();
            await other.ConnectAsync(address, gone.Token);
            connected(other.LocalEndPoint!);
            await Task.WhenAll(PumpAsync(client, other, LinkDirection.Up, gone), PumpAsync(other, client, LinkDirection.Down, gone));
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
        lock (_gate)
        {
            _isDisposed = true;
        }

        Reset(client);
        if (_server is { } connected)
        {
            Reset(connected);
        }
    }

    private static void Reset(Socket socket)
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

    private Socket Connector()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }
    }

    private async Task PumpAsync(Socket from, Socket to, LinkDirection direction, CancellationTokenSource gone)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await TryReceiveAsync(from, buffer, gone.Token) is { } bytes && await PassesAsync(direction, bytes, gone.Token))
            {
                if (bytes == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return;
                }

                if (!await TrySendAsync(to, buffer.AsMemory(0, bytes), direction, gone.Token))
                {
                    // The reset comes from there.
                    await PassesAsync(direction == LinkDirection.Up ? LinkDirection.Down : LinkDirection.Up, bytes: 0, gone.Token);
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // One end is gone, and so is the other one.
        await gone.CancelAsync();
    }

    /// <summary>Null when the end was reset, and the other one is to know.</summary>
    private async Task<int?> TryReceiveAsync(Socket from, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await from.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException) when (!IsDisposed())
        {
            await PassesAsync(from == client ? LinkDirection.Up : LinkDirection.Down, bytes: 0, cancellationToken);
            return null;
        }
    }

    /// <summary>Whether the link lets it pass now: bytes, or with none of them a close or a reset.</summary>
    private async Task<bool> PassesAsync(LinkDirection direction, int bytes, CancellationToken cancellationToken)
    {
        var isAnswer = bytes > 0 && direction == LinkDirection.Down && IsAnswer();
        return trouble() is not { } met || await met.PassAsync(new LinkPassage(direction, bytes, isAnswer), cancellationToken);
    }

    private async Task<bool> TrySendAsync(
        Socket to, ReadOnlyMemory<byte> bytes, LinkDirection direction, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
            {
                Task<int> sending;
                bool isSent;

                // The answer may be here before the next line: whoever has it waits until it is known that there was a question.
                lock (_gate)
                {
                    sending = to.SendAsync(bytes, cancellationToken).AsTask();
                    isSent = sending.IsCompletedSuccessfully;
                    _isAsked |= isSent && direction == LinkDirection.Up;
                }

                bytes = bytes[await sending..];
                if (!isSent && direction == LinkDirection.Up)
                {
                    Ask();
                }
            }

            return true;
        }
        catch (SocketException) when (!IsDisposed())
        {
            return false;
        }
    }

    private void Ask()
    {
        lock (_gate)
        {
            _isAsked = true;
        }
    }

    private bool IsAnswer()
    {
        lock (_gate)
        {
            var isAsked = _isAsked;
            _isAsked = false;
            return isAsked;
        }
    }

    private bool IsDisposed()
    {
        lock (_gate)
        {
            return _isDisposed;
        }
    }
}
