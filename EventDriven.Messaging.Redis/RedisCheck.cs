using EventDriven.Messaging.Hosting;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Messaging.Redis;

/// <summary>Checks that the connection string of Redis is configured.</summary>
internal sealed class RedisCheck(IConfiguration configuration, string connectionName) : IStartCheck
{
    public IEnumerable<string> Find() => string.IsNullOrWhiteSpace(configuration.GetConnectionString(connectionName))
        ?
        [
            $"UseRedisLeases(\"{connectionName}\") finds no Redis: set the connection string '{connectionName}' "
                + $"(ConnectionStrings__{connectionName}) to host:port, or remove UseRedisLeases; the inbox then decides alone.",
        ]
        : [];
}
