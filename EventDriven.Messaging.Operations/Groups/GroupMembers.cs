using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>Finds the members of groups.</summary>
internal static class GroupMembers
{
    /// <summary>After this time a wait for a group is reported: within 10 s, including the requests meanwhile.</summary>
    public static readonly TimeSpan WarnAfter = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>How many members a group has; 0 when the group is unknown.</summary>
    /// <exception cref="DescribeConsumerGroupsException">
    /// The cluster does not know members, such as the one built into librdkafka.
    /// </exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<int> CountAsync(IAdminClient admin, string group, CancellationToken cancellationToken) =>
        (await ListAsync(admin, group, cancellationToken)).Count;

    /// <summary>The members of a group, by client id and host; none when the group is unknown.</summary>
    /// <exception cref="DescribeConsumerGroupsException">The cluster does not know members.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(IAdminClient admin, string group, CancellationToken cancellationToken)
    {
        var found = await admin.DescribeConsumerGroupsAsync(
            [group], new DescribeConsumerGroupsOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(cancellationToken);
        return [.. found.ConsumerGroupDescriptions.SelectMany(description => description.Members)
            .Select(member => $"{member.ClientId} at {member.Host.TrimStart('/')}")];
    }

    /// <summary>
    /// How many members each group of the cluster has; null when the cluster does not know members, such as the one built into librdkafka.
    /// Groups that never had a member, or are forgotten, are left out. A long-running process may send this request, because it goes to
    /// every broker and not to a coordinator (see <see cref="KafkaAdmin"/>). Takes 10 s at most.
    /// </summary>
    /// <remarks>
    /// This is librdkafka's older request. Its successor goes to a coordinator. It only knows groups of the classic
    /// protocol (<c>group.protocol</c>), as ours are.
    /// </remarks>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static Task<IReadOnlyDictionary<string, int>?> CountAllAsync(IAdminClient admin, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                try
                {
                    return admin.ListGroups(PartitionBounds.RequestTimeout)
                        .GroupBy(group => group.Group, StringComparer.Ordinal)
                        .ToDictionary(group => group.Key, group => group.Sum(broker => broker.Members.Count), StringComparer.Ordinal);
                }
                catch (KafkaException exception) when (!Failure.IsOutage(exception))
                {
                    return (IReadOnlyDictionary<string, int>?)null;
                }
            },
            cancellationToken);

    /// <summary>Waits until a paused group has no members; false when it still has some after <paramref name="timeout"/>.</summary>
    /// <param name="admin">A client of the group's cluster.</param>
    /// <param name="group">Consumer group.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="warn">Receives the members that are left after <see cref="WarnAfter"/>.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DescribeConsumerGroupsException">The cluster does not know members.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> WaitUntilGoneAsync(
        IAdminClient admin,
        string group,
        TimeSpan timeout,
        Action<IReadOnlyList<string>> warn,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var (begun, warned) = (time.GetTimestamp(), false);
        while (await ListAsync(admin, group, cancellationToken) is { Count: > 0 } members)
        {
            if (time.GetElapsedTime(begun) > timeout)
            {
                return false;
            }

            if (!warned && time.GetElapsedTime(begun) > WarnAfter)
            {
                warned = true;
                warn(members);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return true;
    }
}
