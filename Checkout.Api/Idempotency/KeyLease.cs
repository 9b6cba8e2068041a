using StackExchange.Redis;

namespace Checkout.Api.Idempotency;

/// <summary>A request's hold on its idempotency key; given back when disposed.</summary>
internal sealed class KeyLease(IDatabaseAsync redis, RedisKey key, RedisValue token, KeyLeaseState state) : IAsyncDisposable
{
    // Deletes the lease only when it is still this request's: it may have run out and been taken by the next.
    private const string CompareAndDelete = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

    public KeyLeaseState State { get; } = state;

    public async ValueTask DisposeAsync()
    {
        if (State == KeyLeaseState.HeldByAnother)
        {
            return;
        }

        try
        {
            // Nobody waits for the reply: whoever comes before it is done finds the stored answer.
            await redis.ScriptEvaluateAsync(CompareAndDelete, [key], [token], CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            // It runs out by itself.
        }
    }
}
