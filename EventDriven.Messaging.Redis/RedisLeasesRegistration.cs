using EventDriven.Messaging.Leases;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Redis;

/// <summary>Adds leases in Redis to a service.</summary>
public static class RedisLeasesRegistration
{
    /// <summary>Keeps the leases of the service's groups in Redis. It needs an <c>IConnectionMultiplexer</c> in the container.</summary>
    public static IServiceCollection AddRedisLeases(this IServiceCollection services) => services.AddSingleton<IEventLeases, RedisLeases>();
}
