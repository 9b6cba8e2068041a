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

    private readonly GroupAdmin _groups;
    private readonly string _group;

    private PausedGroup(GroupAdmin groups, string group) => (_groups, _group) = (groups, group);

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
        var groups = new GroupAdmin(database);
        await groups.PauseAsync(group, PauseDuration, by, cancellationToken);
        var paused = new PausedGroup(groups, group);
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

    /// <summary>Ends the pause.</summary>
    public async ValueTask DisposeAsync() => await _groups.ResumeAsync(_group, CancellationToken.None);
}
