using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EventDriven.LocalHost.Storage;

/// <summary>Ports on loopback that nobody listens on.</summary>
internal static class FreePort
{
    // Below the range from which the kernel takes ports for outgoing connections: one of those could take a port between choosing and listening.
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int Attempts = 200;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <exception cref="LocalApplicationException">None was found.</exception>
    public static int Next()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }

        throw new LocalApplicationException($"No free port on loopback between {First} and {Last}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
