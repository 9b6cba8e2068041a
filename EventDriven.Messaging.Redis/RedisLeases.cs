using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EventDriven.Messaging.Redis;

/// <summary>
/// The fast path of idempotency (law L6): a lease an event with a fencing token, and a mark when its effect is committed. The events of a
/// transaction take one round trip together. Redis can be lost, flushed or away at any moment: then <see cref="AcquireAsync"/> says that it
/// doesn't know, and the inbox decides alone.
/// </summary>
internal sealed partial class RedisLeases(
    IConnectionMultiplexer redis, IOptions<MessagingOptions> options, ILogger<RedisLeases> logger) : IEventLeases
{
    // One step, so that two instances can't both find a key free. Tokens only grow: a holder whose lease ran out can't finish or free the
    // lease of the one after it. Answers the token, then for each event 0 when it is done, 2 when another with its identity is, -1 when it is held, 1
    // when it is ours. What is done is noted as '=' and what the event said.
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
                    answers[i] = 2
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
    /// <param name="marks">Under what the group notes them; see <c>ConsumerIdentity.Marks</c>.</param>
    /// <param name="events">Each identity once.</param>
    /// <returns>One for each event.</returns>
    public async Task<Lease[]> AcquireAsync(string marks, IReadOnlyList<EventFingerprint> events)
    {
        try
        {
            RedisKey[] keys = [Fence(marks), .. events.Select(e => Key(marks, e))];
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
    /// <param name="marks">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task CompleteAsync(string marks, IReadOnlyCollection<EventFingerprint> events, Lease lease) => lease.State == LeaseState.Acquired
        ? RunAsync(CompleteScript, marks, events, [MarkLifetime, lease.Token, .. events.Select(Done)])
        : Task.CompletedTask;

    /// <summary>Marks events as done for which no lease was taken. Their effects are committed, so it is true whoever says it.</summary>
    /// <param name="marks">Under what the group notes them.</param>
    /// <param name="events">Events whose effects are committed.</param>
    public Task MarkAsync(string marks, IReadOnlyCollection<EventFingerprint> events) =>
        RunAsync(MarkScript, marks, events, [MarkLifetime, .. events.Select(Done)]);

    /// <summary>Gives leases back after a failure; only their holder can.</summary>
    /// <param name="marks">As they were acquired.</param>
    /// <param name="events">Events whose leases were acquired together.</param>
    /// <param name="lease">One of those leases.</param>
    public Task ReleaseAsync(string marks, IReadOnlyCollection<EventFingerprint> events, Lease lease) =>
        lease.State == LeaseState.Acquired ? RunAsync(ReleaseScript, marks, events, [lease.Token]) : Task.CompletedTask;

    private RedisValue MarkLifetime => (long)options.Value.Consumer.InboxRetention.TotalMilliseconds;

    private async Task RunAsync(string script, string marks, IReadOnlyCollection<EventFingerprint> events, RedisValue[] values)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await redis.GetDatabase().ScriptEvaluateAsync(script, [.. events.Select(e => Key(marks, e))], values, CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The leases run out by themselves, and the inbox knows.
            Log.Bypassed(logger, exception.Message);
        }
    }

    // The braces put a group's keys into one slot of a Redis cluster, which a script needs.
    private static RedisKey Key(string marks, EventFingerprint mark) => $"inbox:{{{marks}}}:{mark.Identity}";

    private static RedisValue Done(EventFingerprint mark) => $"={mark.Content:x}";

    private static RedisKey Fence(string marks) => $"inbox:{{{marks}}}:fence";

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Debug, "Redis didn't answer ({Reason}); the inbox decides.")]
        public static partial void Bypassed(ILogger logger, string reason);
    }
}
