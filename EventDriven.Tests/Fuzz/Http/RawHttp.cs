using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EventDriven.Tests.Fuzz.Http;

/// <summary>Sends bytes as a request, whether or not they are one, each on a connection of its own, and reads the answer.</summary>
internal static class RawHttp
{
    // A server that waits for the rest of a request is told that there is none.
    private static readonly TimeSpan UntilEnd = TimeSpan.FromMilliseconds(250);

    /// <param name="server">Address of the server.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="isComplete">Whether it is a whole request, so that there must be an answer.</param>
    /// <param name="hasBody">Whether the answer has a body, as all but those to HEAD have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RawAnswer> SendAsync(
        Uri server, byte[] request, bool isComplete, bool hasBody, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, cancellationToken);
        }
        catch (IOException)
        {
            // Refused before it was read to its end. The answer is there all the same.
        }

        var reader = new Reader(stream, cancellationToken);
        if (!isComplete)
        {
            await EndAsync(client, reader, cancellationToken);
        }

        return await reader.ReadAsync(hasBody);
    }

    private static async Task EndAsync(TcpClient client, Reader reader, CancellationToken cancellationToken)
    {
        var first = reader.FillAsync();
        if (await Task.WhenAny(first, Task.Delay(UntilEnd, TimeProvider.System, cancellationToken)) != first)
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }

        await first;
    }

    private sealed class Reader(NetworkStream stream, CancellationToken cancellationToken)
    {
        private readonly byte[] _buffer = new byte[16_384];
        private readonly List<byte> _read = [];
        private int _at;

        public async Task<RawAnswer> ReadAsync(bool hasBody)
        {
            while (true)
            {
                if (await LineAsync() is not { } statusLine)
                {
                    return RawAnswer.None;
                }

                var parts = statusLine.Split(' ', 3);
                Assert.True(
                    parts.Length >= 2 && parts[0] == "HTTP/1.1" && int.TryParse(parts[1], CultureInfo.InvariantCulture, out _),
                    $"The answer begins with '{statusLine}'.");
                var status = int.Parse(parts[1], CultureInfo.InvariantCulture);
                var headers = new Dictionary<string, string>(StringComparer.Ordinal);
                while (await LineAsync() is { Length: > 0 } line)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    Assert.True(colon > 0, $"The answer has the header '{line}'.");
                    headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
                }

                if (status >= 200)
                {
                    return new RawAnswer(status, headers, hasBody ? await BodyAsync(status, headers) : "");
                }
            }
        }

        public async Task<bool> FillAsync()
        {
            try
            {
                var count = await stream.ReadAsync(_buffer, cancellationToken);
                _read.AddRange(_buffer.AsSpan(0, count));
                return count > 0;
            }
            catch (IOException)
            {
                // The connection was reset, which a server may do to a request that it has refused.
                return false;
            }
        }

        private async Task<string> BodyAsync(int status, Dictionary<string, string> headers)
        {
            if (status is 204 or 304
                || headers.GetValueOrDefault("content-type", "").StartsWith("text/event-stream", StringComparison.Ordinal))
            {
                return "";
            }

            if (headers.TryGetValue("content-length", out var length))
            {
                return await TextAsync(int.Parse(length, CultureInfo.InvariantCulture));
            }

            if (headers.GetValueOrDefault("transfer-encoding") != "chunked")
            {
                while (await FillAsync())
                {
                }

                return await TextAsync(_read.Count - _at);
            }

            var body = new StringBuilder();
            while (await LineAsync() is { } size
                && int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var chunk)
            {
                body.Append(await TextAsync(chunk));
                _ = await LineAsync();
            }

            return body.ToString();
        }

        private async Task<string> TextAsync(int length)
        {
            while (_read.Count < _at + length && await FillAsync())
            {
            }

            var text = Encoding.UTF8.GetString([.. _read.Skip(_at).Take(length)]);
            _at += length;
            return text;
        }

        private async Task<string?> LineAsync()
        {
            while (true)
            {
                var end = _read.IndexOf((byte)'\n', _at);
                if (end >= 0)
                {
                    var line = Encoding.Latin1.GetString([.. _read.GetRange(_at, end - _at)]).TrimEnd('\r');
                    _at = end + 1;
                    return line;
                }

                if (!await FillAsync())
                {
                    return null;
                }
            }
        }
    }
}
