using StackExchange.Redis;

namespace Checkout.Api.Idempotency;

/// <summary>
/// Tells a request that another one with the same idempotency key is still running. Redis only makes that visible early; that one key
/// makes one order is the database's promise, with Redis or without.
/// </summary>
internal sealed partial class KeyLeases(IConnectionMultiplexer redis, TimeProvider time, ILogger<KeyLeases> logger)
{
    /// <summary>How long a request may take before the key counts as free again.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private const string Prefix = "checkout:idempotency:";

    /// <summary>Takes the key for <see cref="Duration"/> and what the request waits on top of it.</summary>
    public async Task<KeyLease> TakeAsync(string idempotencyKey, TimeSpan wait)
    {
        var database = redis.GetDatabase();
        RedisKey key = Prefix + idempotencyKey;
        RedisValue token = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        try
        {
            var taken = await database.StringSetAsync(key, token, Duration + wait, When.NotExists);
            return new KeyLease(database, key, token, taken ? KeyLeaseState.Taken : KeyLeaseState.HeldByAnother);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NoLease(logger, exception.Message);
            return new KeyLease(database, key, token, KeyLeaseState.Unknown);
        }
    }

    /// <summary>Whether a request holds the key; false too when Redis doesn't answer, and the database alone decides.</summary>
    public async Task<bool> IsHeldAsync(string idempotencyKey)
    {
        try
        {
            return await redis.GetDatabase().KeyExistsAsync(Prefix + idempotencyKey);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NoLease(logger, exception.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Debug, "Redis gives no lease; the database alone decides about the idempotency key: {Reason}")]
        public static partial void NoLease(ILogger logger, string reason);
    }
}
