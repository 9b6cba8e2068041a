using StackExchange.Redis;

namespace Checkout.Api.Idempotency;

/// <summary>A request's lease of its idempotency key; released when disposed.</summary>
internal sealed class KeyLease(IDatabaseAsync redis, RedisKey key, RedisValue token, KeyLeaseState state) : IAsyncDisposable
{
    // Deletes the lease only if this request still holds it: it may have expired and been taken by another.
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
            // The reply is not awaited: a request that comes before the release finds the stored answer.
            await redis.ScriptEvaluateAsync(CompareAndDelete, [key], [token], CommandFlags.FireAndForget);
        }
        catch (RedisException)
        {
            // The lease expires by itself.
        }
    }
}
