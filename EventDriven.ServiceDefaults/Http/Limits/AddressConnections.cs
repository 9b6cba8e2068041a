using System.Net;
using System.Threading.RateLimiting;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Proxies;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Limits;

/// <summary>
/// Bounds the connections of one address, so that nobody takes all of them. One too many is closed at once. The proxies that are configured
/// have no bound: they bring everybody's.
/// </summary>
internal sealed class AddressConnections(IOptions<OverloadOptions> overload, IOptions<ProxyOptions> proxies) : IDisposable
{
    private readonly IPNetwork[] _proxies = [.. proxies.Value.Networks.Select(ProxyOptions.Parse).OfType<IPNetwork>()];

    private readonly PartitionedRateLimiter<IPAddress> _connections = PartitionedRateLimiter.Create<IPAddress, ClientAddress>(
        address => RateLimitPartition.GetConcurrencyLimiter(
            ClientAddress.Of(address, isReserved: false),
            _ => new ConcurrencyLimiterOptions { PermitLimit = overload.Value.ConnectionsPerAddress }));

    /// <summary>For Kestrel's <c>Use</c>.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => overload.Value.ConnectionsPerAddress == 0
        ? next
        : async connection =>
        {
            if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || IsProxy(address))
            {
                await next(connection);
                return;
            }

            using var lease = _connections.AttemptAcquire(address);
            if (lease.IsAcquired)
            {
                await next(connection);
            }
            else
            {
                connection.Abort(new ConnectionAbortedException("This address has too many connections."));
            }
        };

    public void Dispose() => _connections.Dispose();

    private bool IsProxy(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_proxies, proxy => proxy.Contains(plain));
    }
}
