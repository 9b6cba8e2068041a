using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;

namespace EventDriven.Hosting.Services;

/// <summary>Ports that stay the same from run to run.</summary>
public static class StablePort
{
    /// <summary>
    /// This port or, with a message, a free one if it is taken. In tests null, so that Aspire chooses ports and tests can run at the same
    /// time.
    /// </summary>
    public static int? Of(IDistributedApplicationBuilder builder, string name, int port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (ServerHost.IsTrue(builder, ServerHost.RandomizePorts))
        {
            return null;
        }

        // "localhost" means both addresses, and a service listens on both.
        if (Listen(IPAddress.Loopback, port) is { } own && (!Socket.OSSupportsIPv6 || Listen(IPAddress.IPv6Loopback, port) is not null))
        {
            return own;
        }

        var other = Listen(IPAddress.Loopback, 0);
        Console.Error.WriteLine($"Port {port} is taken. {name} gets {other}.");
        return other;
    }

    // 0 means any free port.
    private static int? Listen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // The machine has no such address.
            return port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
