using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// One connection that places orders, one after another. It writes a request that was made beforehand, with another key, and reads of the
/// answer only the status: a client library would take the processor time that the overload is to be made with.
/// </summary>
internal sealed class FloodConnection : IDisposable
{
    /// <summary>Longest wait for an answer; after that it counts as none.</summary>
    public static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(30);

    private const int KeyLength = 36;
    private const int StatusAt = 9;
    private static readonly string NoKey = Guid.Empty.ToString();

    private readonly Uri _server;
    private readonly TimeSpan _bound;
    private readonly byte[] _request;
    private readonly List<int> _keysAt = [];
    private readonly byte[] _answer = new byte[16 * 1024];
    private Socket? _socket;

    public FloodConnection(Uri server, string token, TimeSpan? bound = null)
    {
        _server = server;
        _bound = bound ?? AnswerBound;
        var body = $$"""
            {"customerId":"{{NoKey}}","email":"someone@shop.example","currency":"EUR",
            "lines":[{"sku":"tea-earl-grey","quantity":2},{"sku":"mug-blue","quantity":1},{"sku":"kettle-steel","quantity":1}]}
            """;
        var request = $"POST /orders HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {NoKey}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\n\r\n{body}";
        _request = Encoding.ASCII.GetBytes(request);
        for (var at = request.IndexOf(NoKey, StringComparison.Ordinal); at >= 0;
            at = request.IndexOf(NoKey, at + KeyLength, StringComparison.Ordinal))
        {
            _keysAt.Add(at);
        }
    }

    /// <summary>Places an order of a customer of its own, whose id is also the key.</summary>
    /// <returns>The answer's status; 0 if the connection ended without one, or none came in time.</returns>
    public async Task<int> PlaceAsync(Guid key, CancellationToken cancellationToken)
    {
        foreach (var at in _keysAt)
        {
            key.TryFormat(_request.AsSpan(at, KeyLength), out _);
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(_bound);
        try
        {
            var socket = _socket ??= await ConnectAsync(bounded.Token);
            await socket.SendAsync(_request, bounded.Token);
            var read = 0;
            while (!IsWhole(_answer.AsSpan(0, read)))
            {
                var more = await socket.ReceiveAsync(_answer.AsMemory(read), bounded.Token);
                if (more == 0)
                {
                    throw new SocketException((int)SocketError.ConnectionReset);
                }

                read += more;
            }

            return ((_answer[StatusAt] - '0') * 100) + ((_answer[StatusAt + 1] - '0') * 10) + (_answer[StatusAt + 2] - '0');
        }
        catch (Exception exception) when (
            exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Dispose();
            _socket = null;
            return 0;
        }
    }

    public void Dispose() => _socket?.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var length = answer[..end].IndexOf("\r\nContent-Length: "u8);
        if (length < 0)
        {
            // Chunked: nothing in these bodies looks like the end.
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }

        var digits = answer[(length + "\r\nContent-Length: ".Length)..end];
        return Utf8Parser.TryParse(digits, out int bytes, out _) && answer.Length >= end + 4 + bytes;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_server.Host, _server.Port, cancellationToken);
        return socket;
    }
}
