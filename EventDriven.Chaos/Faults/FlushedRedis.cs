using EventDriven.Chaos.Running;
using StackExchange.Redis;

namespace EventDriven.Chaos.Faults;

/// <summary>Redis loses everything that it knows.</summary>
internal sealed class FlushedRedis(RunningSystem system) : IFault
{
    private long _keys;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var administrator = await system.RedisAdministratorAsync(cancellationToken);
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{administrator},allowAdmin=true,connectTimeout=2000");
            var server = redis.GetServers()[0];
            _keys = await server.DatabaseSizeAsync();
            await server.FlushAllDatabasesAsync();
        }
        catch (RedisException)
        {
            // It is down or stands still.
            _keys = 0;
        }
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new FaultEffect(_keys > 0, $"{_keys} keys were lost"));
}
