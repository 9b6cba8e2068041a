using System.Globalization;
using Confluent.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>A group that all instances have left. It goes on when this is disposed of; otherwise its pause ends by itself.</summary>
internal sealed class PausedGroup : IAsyncDisposable
{
    // An instance notices the pause within MessagingOptions.Consumer.OperatorPollInterval and drains for
    // DrainTimeout. A dead one counts for SessionTimeout.
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan PauseDuration = TimeSpan.FromSeconds(90);

    // A server that has ended the session is back within seconds, or away for long.
    private static readonly TimeSpan ReconnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnection _database;
    private readonly string _group;
    private readonly TimeProvider _time;

    private PausedGroup(NpgsqlConnection database, string group, TimeProvider time) =>
        (_database, _group, _time) = (database, group, time);

    /// <summary>
    /// Asks a group to pause and waits until its members have left. After
    /// <see cref="GroupMembers.WarnAfter"/> it reports the members that are left.
    /// </summary>
    /// <exception cref="TimeoutException">An instance has not left in time. The pause is over.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or does not know the members of a group.</exception>
    public static async Task<PausedGroup> BeginAsync(
        IAdminClient admin,
        NpgsqlConnection database,
        string group,
        string by,
        Action<string> warn,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await new GroupAdmin(database).PauseAsync(group, PauseDuration, by, cancellationToken);
        var paused = new PausedGroup(database, group, time);
        var left = false;
        try
        {
            left = await GroupMembers.WaitUntilGoneAsync(
                admin, group, LeaveTimeout, members => warn(Waiting(group, members)), time, cancellationToken);
        }
        finally
        {
            if (!left)
            {
                await paused.DisposeAsync();
            }
        }

        return left ? paused : throw new TimeoutException(
            $"An instance of group '{group}' has not left it within {LeaveTimeout.TotalSeconds} s. Nothing was changed. "
            + "See the logs of its service, then try again.");
    }

    private static string Waiting(string group, IReadOnlyList<string> members) => string.Create(
        CultureInfo.InvariantCulture,
        $"Group '{group}' was asked to pause {GroupMembers.WarnAfter.TotalSeconds} s ago, and {members.Count} member(s) have not left it: "
            + $"{string.Join(", ", members)}. Nothing was changed yet. A member that drains or has died leaves by itself. Waiting for "
            + $"{LeaveTimeout.TotalSeconds} s in all; Ctrl+C stops.");

    /// <summary>Ends the pause, over another connection if this one was lost meanwhile.</summary>
    /// <exception cref="NpgsqlException">The database has not answered for 15 s. The pause ends by itself.</exception>
    public async ValueTask DisposeAsync() => await EndAsync(_database, _group, _time);

    /// <summary>Ends the pause of a group, over another connection if this one was lost meanwhile.</summary>
    /// <exception cref="NpgsqlException">The database has not answered for 15 s. The pause ends by itself.</exception>
    public static async Task EndAsync(NpgsqlConnection database, string group, TimeProvider time)
    {
        try
        {
            await new GroupAdmin(database).ResumeAsync(group, CancellationToken.None);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            await ReconnectAsync(database, group, time);
        }
    }

    // Whoever uses a connection that was lost before is told that it is not open.
    private static bool IsLost(Exception exception) => exception is NpgsqlException or InvalidOperationException;

    private static async Task ReconnectAsync(NpgsqlConnection database, string group, TimeProvider time)
    {
        var lost = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var other = (NpgsqlConnection)((ICloneable)database).Clone();
                await other.OpenAsync(CancellationToken.None);
                var groups = new GroupAdmin(other);

                // The claim went with the connection. The pause may be that of whoever has it now.
                if (await groups.TryClaimAsync(CancellationToken.None))
                {
                    await groups.ResumeAsync(group, CancellationToken.None);
                    await groups.ReleaseClaimAsync(CancellationToken.None);
                }

                return;
            }
            catch (Exception exception) when (IsLost(exception) && time.GetElapsedTime(lost) < ReconnectTimeout)
            {
                await Task.Delay(ReconnectInterval, time, CancellationToken.None);
            }
        }
    }
}
