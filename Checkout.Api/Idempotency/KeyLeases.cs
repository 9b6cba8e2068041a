using StackExchange.Redis;

namespace Checkout.Api.Idempotency;

/// <summary>
/// Shows that another request with the same idempotency key is still running. Redis only makes this visible early; the database guarantees
/// one order a key, with or without Redis.
/// </summary>
internal sealed partial class KeyLeases(IConnectionMultiplexer redis, TimeProvider time, ILogger<KeyLeases> logger)
{
    /// <summary>Time after which the lease of a running request expires.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private const string Prefix = "checkout:idempotency:";

    /// <summary>Takes the key for <see cref="Duration"/> plus the time that the request waits.</summary>
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

    /// <summary>Whether a request holds the key. False if Redis doesn't answer: then the database alone decides.</summary>
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
        [LoggerMessage(2001, LogLevel.Debug, "Redis gave no lease for an idempotency key ({Reason}). The database alone decides.")]
        public static partial void NoLease(ILogger logger, string reason);
    }
}
