using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;

namespace EventDriven.Hosting.Services;

/// <summary>Ports that stay from run to run.</summary>
public static class StablePort
{
    /// <summary>This port, or a free one when it is taken, which is said; null, which leaves it to Aspire, in tests, which may run at once.</summary>
    public static int? Of(IDistributedApplicationBuilder builder, string name, int port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (ServerHost.IsTrue(builder, ServerHost.RandomizePorts))
        {
            return null;
        }

        // "localhost" means both, and a service listens on both.
        if (Listen(IPAddress.Loopback, port) is { } own && (!Socket.OSSupportsIPv6 || Listen(IPAddress.IPv6Loopback, port) is not null))
        {
            return own;
        }

        var other = Listen(IPAddress.Loopback, 0);
        Console.Error.WriteLine($"Port {port} is taken: {name} gets {other}.");
        return other;
    }

    // 0 means any that is free.
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
            // A machine without that kind of address.
            return port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
