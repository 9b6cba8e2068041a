using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EventDriven.Messaging.Idempotency;

/// <summary>
/// The fast path of idempotency (law L6): a lease an event with a fencing token, and a mark when its effect is committed. The events of a
/// transaction take one round trip together. Redis can be lost, flushed or away at any moment: then <see cref="AcquireAsync"/> says that it
/// doesn't know, and the inbox decides alone.
/// </summary>
internal sealed partial class RedisLeases(
    IConnectionMultiplexer redis, IOptions<MessagingOptions> options, ILogger<RedisLeases> logger)
{
    // One step, so that two instances can't both find a key free. Tokens only grow: a holder whose lease ran out can't finish or free the
    // lease of the one after it. Answers the token, then for each event 0 when it is done, -1 when it is held, 1 when it is ours.
    private const string AcquireScript =
        """
        local token = redis.call('INCR', KEYS[1])
        local answers = {token}
        for i = 2, #KEYS do
            if redis.call('SET', KEYS[i], token, 'NX', 'PX', ARGV[1]) then
                answers[i] = 1
            elseif redis.call('GET', KEYS[i]) == 'done' then
                answers[i] = 0
            else
                answers[i] = -1
            end
        end
        return answers
        """;

    private const string CompleteScript =
        "for i = 1, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('SET', KEYS[i], 'done', 'PX', ARGV[2]) end end";

    private const string MarkScript = "for i = 1, #KEYS do redis.call('SET', KEYS[i], 'done', 'PX', ARGV[1]) end";

    private const string ReleaseScript =
        "for i = 1, #KEYS do if redis.call('GET', KEYS[i]) == ARGV[1] then redis.call('DEL', KEYS[i]) end end";

    /// <summary>Tries to take the leases of events for a group.</summary>
    /// <param name="marks">Under what the group notes them; see <see cref="Consumer.ConsumerIdentity.Marks"/>.</param>
    /// <param name="eventIds">Each once.</param>
    /// <returns>One for each event.</returns>
    public async Task<Lease[]> AcquireAsync(string marks, IReadOnlyList<Guid> eventIds)
    {
        try
        {
            RedisKey[] keys = [Fence(marks), .. eventIds.Select(id => Key(marks, id))];
            var answers = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(AcquireScript, keys, [options.Value.LeaseMs]))!;
            return [.. answers.Skip(1).Select(answer => answer switch
            {
                0 => Lease.Done,
                < 0 => Lease.HeldByAnother,
                _ => new Lease(LeaseState.Acquired, answers[0]),
            })];
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.Bypassed(logger, exception.Message);
            return [.. eventIds.Select(_ => Lease.Unknown)];
        }
    }

    /// <summary>Marks events as done; only the holder of their leases can.</summary>
    /// <param name="marks">As they were acquired.</param>
    /// <param name="eventIds">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task CompleteAsync(string marks, IReadOnlyCollection<Guid> eventIds, Lease lease) =>
        lease.State == LeaseState.Acquired ? RunAsync(CompleteScript, marks, eventIds, lease.Token, MarkLifetime) : Task.CompletedTask;

    /// <summary>Marks events as done for which no lease was taken. Their effects are committed, so it is true whoever says it.</summary>
    /// <param name="marks">Under what the group notes them.</param>
    /// <param name="eventIds">Events whose effects are committed.</param>
    public Task MarkAsync(string marks, IReadOnlyCollection<Guid> eventIds) => RunAsync(MarkScript, marks, eventIds, MarkLifetime);

    /// <summary>Gives leases back after a failure; only their holder can.</summary>
    /// <param name="marks">As they were acquired.</param>
    /// <param name="eventIds">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task ReleaseAsync(string marks, IReadOnlyCollection<Guid> eventIds, Lease lease) =>
        lease.State == LeaseState.Acquired ? RunAsync(ReleaseScript, marks, eventIds, lease.Token) : Task.CompletedTask;

    private RedisValue MarkLifetime => (long)TimeSpan.FromDays(options.Value.InboxRetentionDays).TotalMilliseconds;

    private async Task RunAsync(string script, string marks, IReadOnlyCollection<Guid> eventIds, params RedisValue[] values)
    {
        if (eventIds.Count == 0)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().ScriptEvaluateAsync(
                script, [.. eventIds.Select(id => Key(marks, id))], values, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The leases run out by themselves, and the inbox knows.
            Log.Bypassed(logger, exception.Message);
        }
    }

    // The braces put a group's keys into one slot of a Redis cluster, which a script needs.
    private static RedisKey Key(string marks, Guid eventId) => $"inbox:{{{marks}}}:{eventId}";

    private static RedisKey Fence(string marks) => $"inbox:{{{marks}}}:fence";

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Debug, "Redis didn't answer ({Reason}); the inbox decides.")]
        public static partial void Bypassed(ILogger logger, string reason);
    }
}
