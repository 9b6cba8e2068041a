using System.Net;
using System.Net.Sockets;

namespace EventDriven.Chaos.Running;

/// <summary>A port of loopback for a process that is about to start.</summary>
internal static class FreePort
{
    /// <summary>
    /// One that nothing listens on. The process takes it up to some seconds later; nobody on this machine is given it meanwhile but by
    /// accident.
    /// </summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
