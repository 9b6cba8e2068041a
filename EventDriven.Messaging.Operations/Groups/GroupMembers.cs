using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>Who reads for a group.</summary>
internal static class GroupMembers
{
    /// <summary>After how long a wait for a group is told to whoever waits: within 10 s, what is asked for meanwhile included.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>How many members a group has; 0 when it is not known.</summary>
    /// <exception cref="DescribeConsumerGroupsException">The cluster can't tell, such as the one built into librdkafka.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<int> CountAsync(IAdminClient admin, string group, CancellationToken cancellationToken) =>
        (await ListAsync(admin, group, cancellationToken)).Count;

    /// <summary>The members of a group, as an operator finds them; none when it is not known.</summary>
    /// <exception cref="DescribeConsumerGroupsException">The cluster can't tell.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(IAdminClient admin, string group, CancellationToken cancellationToken)
    {
        var found = await admin.DescribeConsumerGroupsAsync([group], new DescribeConsumerGroupsOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(cancellationToken);
        return [.. found.ConsumerGroupDescriptions.SelectMany(description => description.Members).Select(member => $"{member.ClientId} at {member.Host.TrimStart('/')}")];
    }

    /// <summary>
    /// How many members each group of the cluster has; null when the cluster can't tell, such as the one built into librdkafka. A group that nobody was ever
    /// in, or that has been forgotten, is left out. A process that goes on may ask this: it goes to every broker, not to a coordinator (see
    /// <see cref="KafkaAdmin"/>). Waits for its end, for 10 s at most.
    /// </summary>
    /// <remarks>
    /// Librdkafka's older request, which Confluent.Kafka documents as superseded: what supersedes it must not be asked here. It knows groups of the classic
    /// protocol only, which ours are (<c>group.protocol</c>).
    /// </remarks>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static Task<IReadOnlyDictionary<string, int>?> CountAllAsync(IAdminClient admin, CancellationToken cancellationToken) => Task.Run(
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

    /// <summary>Waits until a paused group has no members; false when it still has some at the end of <paramref name="atMost"/>.</summary>
    /// <param name="admin">A client of the group's cluster.</param>
    /// <param name="group">Consumer group.</param>
    /// <param name="atMost">How long.</param>
    /// <param name="still">Is told who is still there after <see cref="Silence"/>.</param>
    /// <param name="time">Measures that.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="DescribeConsumerGroupsException">The cluster can't tell.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> WaitUntilGoneAsync(
        IAdminClient admin, string group, TimeSpan atMost, Action<IReadOnlyList<string>> still, TimeProvider time, CancellationToken cancellationToken)
    {
        var (begun, told) = (time.GetTimestamp(), false);
        while (await ListAsync(admin, group, cancellationToken) is { Count: > 0 } members)
        {
            if (time.GetElapsedTime(begun) > atMost)
            {
                return false;
            }

            if (!told && time.GetElapsedTime(begun) > Silence)
            {
                told = true;
                still(members);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return true;
    }
}
