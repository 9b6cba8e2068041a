using System.Globalization;
using Confluent.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>A group that all instances have left, for as long as it is paused.</summary>
internal static class PausedGroup
{
    // An instance notices the pause within MessagingOptions.Consumer.OperatorPollInterval and drains for
    // DrainTimeout. A dead one counts for SessionTimeout.
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Asks a group to pause and waits until its members have left. After
    /// <see cref="GroupMembers.WarnAfter"/> it reports the members that are left.
    /// </summary>
    /// <exception cref="TimeoutException">An instance has not left in time. The pause is over.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or does not know the members of a group.</exception>
    public static async Task<PauseLease> BeginAsync(
        IAdminClient admin,
        NpgsqlConnection database,
        string group,
        string by,
        Action<string> warn,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var lease = await PauseLease.BeginAsync(database, group, by, time, cancellationToken);
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
                await lease.DisposeAsync();
            }
        }

        return left ? lease : throw new TimeoutException(
            $"An instance of group '{group}' has not left it within {LeaveTimeout.TotalSeconds} s. Nothing was changed. "
            + "See the logs of its service, then try again.");
    }

    private static string Waiting(string group, IReadOnlyList<string> members) => string.Create(
        CultureInfo.InvariantCulture,
        $"Group '{group}' was asked to pause {GroupMembers.WarnAfter.TotalSeconds} s ago, and {members.Count} member(s) have not left it: "
            + $"{string.Join(", ", members)}. Nothing was changed yet. A member that drains or has died leaves by itself. Waiting for "
            + $"{LeaveTimeout.TotalSeconds} s in all; Ctrl+C stops.");
}
