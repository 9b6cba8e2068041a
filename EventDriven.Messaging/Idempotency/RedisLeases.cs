using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EventDriven.Messaging.Idempotency;

/// <summary>
/// The fast path of idempotency (law L6): a lease an event with a fencing token, and a mark when its effect is committed. Redis can be
/// lost, flushed or away at any moment: then <see cref="AcquireAsync"/> says that it doesn't know, and the inbox decides alone.
/// </summary>
internal sealed partial class RedisLeases(
    IConnectionMultiplexer redis, MessagingMetrics metrics, IOptions<MessagingOptions> options, ILogger<RedisLeases> logger)
{
    // One step, so that two instances can't both find the key free. Tokens only grow: a holder whose lease ran out can't finish or free
    // the lease of the one after it.
    private const string AcquireScript =
        """
        local held = redis.call('GET', KEYS[1])
        if held == 'done' then return 0 end
        if held then return -1 end
        local token = redis.call('INCR', KEYS[2])
        redis.call('SET', KEYS[1], token, 'NX', 'PX', ARGV[1])
        return token
        """;

    private const string CompleteScript =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2]) end";

    private const string ReleaseScript =
        "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end";

    /// <summary>Tries to take the lease of an event for a group.</summary>
    public async Task<Lease> AcquireAsync(string group, Guid eventId)
    {
        try
        {
            var answer = (long)await redis.GetDatabase().ScriptEvaluateAsync(
                AcquireScript, [Key(group, eventId), Fence(group)], [options.Value.LeaseMs]);
            return answer switch
            {
                0 => Lease.Done,
                < 0 => Lease.HeldByAnother,
                _ => new Lease(LeaseState.Acquired, answer),
            };
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            metrics.RedisBypassed(group);
            Log.Bypassed(logger, exception.Message);
            return Lease.Unknown;
        }
    }

    /// <summary>Marks the event as done; only the holder of the lease can.</summary>
    public Task CompleteAsync(string group, Guid eventId, Lease lease) =>
        RunAsync(CompleteScript, group, eventId, lease, (long)TimeSpan.FromDays(options.Value.InboxRetentionDays).TotalMilliseconds);

    /// <summary>Gives the lease back after a failure; only its holder can.</summary>
    public Task ReleaseAsync(string group, Guid eventId, Lease lease) => RunAsync(ReleaseScript, group, eventId, lease);

    private async Task RunAsync(string script, string group, Guid eventId, Lease lease, params RedisValue[] more)
    {
        if (lease.State != LeaseState.Acquired)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().ScriptEvaluateAsync(script, [Key(group, eventId)], [lease.Token, .. more], CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The lease runs out by itself, and the inbox knows.
            Log.Bypassed(logger, exception.Message);
        }
    }

    // The braces put a group's keys into one slot of a Redis cluster, which a script needs.
    private static RedisKey Key(string group, Guid eventId) => $"inbox:{{{group}}}:{eventId}";

    private static RedisKey Fence(string group) => $"inbox:{{{group}}}:fence";

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Debug, "Redis didn't answer ({Reason}); the inbox decides.")]
        public static partial void Bypassed(ILogger logger, string reason);
    }
}
