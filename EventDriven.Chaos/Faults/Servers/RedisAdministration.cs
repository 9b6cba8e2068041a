using EventDriven.Chaos.Running;
using StackExchange.Redis;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>Does something to Redis that services may not do.</summary>
internal static class RedisAdministration
{
    /// <summary>False if the server is down or stands still.</summary>
    public static async Task<bool> TryAsync(RunningSystem system, Func<IDatabase, Task> actAsync, CancellationToken cancellationToken)
    {
        var administrator = await system.RedisAdministratorAsync(cancellationToken);
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{administrator},allowAdmin=true,connectTimeout=2000");
            await actAsync(redis.GetDatabase());
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
