using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>Redis loses everything that it knows.</summary>
internal sealed class FlushedRedis(RunningSystem system) : IFault
{
    private long _keys;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        // It may be down or stand still.
        var isFlushed = await RedisAdministration.TryAsync(
            system,
            async redis =>
            {
                var server = redis.Multiplexer.GetServers()[0];
                _keys = await server.DatabaseSizeAsync();
                await server.FlushAllDatabasesAsync();
            },
            cancellationToken);
        _keys = isFlushed ? _keys : 0;
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new FaultEffect(_keys > 0, $"{_keys} keys were lost"));
}
