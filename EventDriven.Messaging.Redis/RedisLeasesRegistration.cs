using EventDriven.Messaging.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Redis;

/// <summary>Registers leases in Redis.</summary>
public static class RedisLeasesRegistration
{
    /// <summary>Keeps the leases of the service's groups in Redis. The service must register an <c>IConnectionMultiplexer</c>.</summary>
    public static IServiceCollection AddRedisLeases(this IServiceCollection services) => services.AddSingleton<IEventLeases, RedisLeases>();
}
