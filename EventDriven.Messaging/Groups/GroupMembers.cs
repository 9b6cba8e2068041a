using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Groups;

/// <summary>Who reads for a group.</summary>
internal static class GroupMembers
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>How many members a group has; 0 when it is not known.</summary>
    /// <exception cref="DescribeConsumerGroupsException">The cluster can't tell, such as the one built into librdkafka.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<int> CountAsync(IAdminClient admin, string group, CancellationToken cancellationToken)
    {
        var found = await admin.DescribeConsumerGroupsAsync([group], new DescribeConsumerGroupsOptions { RequestTimeout = PartitionBounds.RequestTimeout })
            .WaitAsync(cancellationToken);
        return found.ConsumerGroupDescriptions.Sum(description => description.Members.Count);
    }

    /// <summary>
    /// How many members each group of the cluster has; null when the cluster can't tell, such as the one built into librdkafka. A group that nobody was ever
    /// in, or that has been forgotten, is left out. A process that goes on may ask this: it goes to every broker, not to a coordinator (see
    /// <see cref="GroupAdmin"/>). Waits for its end, for 10 s at most.
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
            catch (KafkaException exception) when (!KafkaOutage.Is(exception))
            {
                return (IReadOnlyDictionary<string, int>?)null;
            }
        },
        cancellationToken);

    /// <summary>Waits until a paused group has no members; false when it still has some at the end of <paramref name="atMost"/>.</summary>
    /// <exception cref="DescribeConsumerGroupsException">The cluster can't tell.</exception>
    /// <exception cref="KafkaException">The broker can't be reached.</exception>
    public static async Task<bool> WaitUntilGoneAsync(IAdminClient admin, string group, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (await CountAsync(admin, group, cancellationToken) > 0)
        {
            if (time.GetElapsedTime(begun) > atMost)
            {
                return false;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        return true;
    }
}
