using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace EventDriven.Chaos.Applications;

/// <summary>A client of each instance that is asked for.</summary>
/// <param name="address">Finds the address of an instance.</param>
/// <param name="token">The token that is sent along.</param>
internal sealed class InstanceClients(Func<string, Uri> address, Func<string> token) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    /// <summary>The client of an instance. It never times out by itself.</summary>
    public HttpClient this[string instance] => _clients.GetOrAdd(instance, name => new HttpClient(
        new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        BaseAddress = address(name),
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token()) },
    });

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
