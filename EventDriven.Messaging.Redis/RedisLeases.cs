using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EventDriven.Messaging.Redis;

/// <summary>
/// The fast path of idempotency (law L6): a lease for each event, with a fencing token, and a done mark once its effect is committed. The
/// events of a transaction share one round trip. Redis may be lost, flushed or away at any time: then <see cref="AcquireAsync"/> answers
/// that it doesn't know, and the inbox alone decides.
/// </summary>
internal sealed partial class RedisLeases(
    IConnectionMultiplexer redis, IOptions<MessagingOptions> options, ILogger<RedisLeases> logger) : IEventLeases
{
    // One atomic script, so that two instances can't both find a key free. Tokens only grow: a holder whose lease has expired can't
    // complete or release its successor's lease. It returns the token, then for each event 0 if it is done, in this major version or
    // another, 2 if an event of the same identity and other content is done, -1 if another holds the lease, 1 if the lease is ours. A done
    // event is stored as '=' and the hash of its content, with '.' and the major version unless that is the first.
    private const string AcquireScript =
        """
        local token = redis.call('INCR', KEYS[1])
        local answers = {token}
        for i = 2, #KEYS do
            if redis.call('SET', KEYS[i], token, 'NX', 'PX', ARGV[1]) then
                answers[i] = 1
            else
                local noted = redis.call('GET', KEYS[i])
                if noted == ARGV[i] then
                    answers[i] = 0
                elseif noted and string.sub(noted, 1, 1) == '=' then
                    answers[i] = string.match(noted, '%..*') == string.match(ARGV[i], '%..*') and 2 or 0
                else
                    answers[i] = -1
                end
            end
        end
        return answers
        """;

    private const string CompleteScript =
        "for i = 1, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[2] then redis.call('SET', KEYS[i], ARGV[i + 2], 'PX', ARGV[1]) end end";

    private const string MarkScript = "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1]) end";

    private const string ReleaseScript =
        "for i = 1, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('DEL', KEYS[i]) end end";

    /// <summary>Tries to take the leases of events for a group.</summary>
    /// <param name="prefix">What the group's lease keys begin with; see <c>ConsumerIdentity.Marks</c>.</param>
    /// <param name="events">The events, each identity once.</param>
    /// <returns>A result for each event.</returns>
    public async Task<Lease[]> AcquireAsync(string prefix, IReadOnlyList<EventFingerprint> events)
    {
        try
        {
            RedisKey[] keys = [Fence(prefix), .. events.Select(e => Key(prefix, e))];
            RedisValue[] values = [(long)options.Value.Leases.Duration.TotalMilliseconds, .. events.Select(Done)];
            var answers = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(AcquireScript, keys, values))!;
            return [.. answers.Skip(1).Select(answer => answer switch
            {
                0 => Lease.Done,
                2 => Lease.DoneAltered,
                < 0 => Lease.HeldByAnother,
                _ => new Lease(LeaseState.Acquired, answers[0]),
            })];
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.Bypassed(logger, exception.Message);
            return [.. events.Select(_ => Lease.Unknown)];
        }
    }

    /// <summary>Marks events as done; only the holder of their leases can.</summary>
    /// <param name="prefix">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task CompleteAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease) =>
        lease.State == LeaseState.Acquired
        ? RunAsync(CompleteScript, prefix, events, [MarkLifetime, lease.Token, .. events.Select(Done)])
        : Task.CompletedTask;

    /// <summary>Marks events without a lease as done. Their effects are committed, so any instance may do so.</summary>
    /// <param name="prefix">What the group's lease keys begin with.</param>
    /// <param name="events">Events whose effects are committed.</param>
    public Task MarkAsync(string prefix, IReadOnlyCollection<EventFingerprint> events) =>
        RunAsync(MarkScript, prefix, events, [MarkLifetime, .. events.Select(Done)]);

    /// <summary>Releases leases after a failure; only their holder can.</summary>
    /// <param name="prefix">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task ReleaseAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease) =>
        lease.State == LeaseState.Acquired ? RunAsync(ReleaseScript, prefix, events, [lease.Token]) : Task.CompletedTask;

    private RedisValue MarkLifetime => (long)options.Value.Consumer.InboxRetention.TotalMilliseconds;

    private async Task RunAsync(string script, string prefix, IReadOnlyCollection<EventFingerprint> events, RedisValue[] values)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await redis.GetDatabase()
                .ScriptEvaluateAsync(script, [.. events.Select(e => Key(prefix, e))], values, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The leases expire by themselves, and the inbox has the truth.
            Log.Bypassed(logger, exception.Message);
        }
    }

    // The braces put a group's keys into one slot of a Redis cluster, as scripts require.
    private static RedisKey Key(string prefix, EventFingerprint fingerprint) => $"inbox:{{{prefix}}}:{fingerprint.Identity}";

    private static RedisValue Done(EventFingerprint fingerprint) =>
        fingerprint.Major == 1 ? $"={fingerprint.Content:x}" : $"={fingerprint.Content:x}.{fingerprint.Major}";

    private static RedisKey Fence(string prefix) => $"inbox:{{{prefix}}}:fence";

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Debug, "Redis didn't answer ({Reason}). The inbox decides.")]
        public static partial void Bypassed(ILogger logger, string reason);
    }
}
