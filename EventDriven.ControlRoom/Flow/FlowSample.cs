using EventDriven.Messaging.Operations.Status;

namespace EventDriven.ControlRoom.Flow;

/// <summary>The counts of one reading, from which rates and trends are made.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Ends">Events that each topic has had.</param>
/// <param name="Positions">Events of a topic that a group has behind it, by group and topic.</param>
/// <param name="Lags">Events that each group has not handled.</param>
internal sealed record FlowSample(
    DateTimeOffset At,
    IReadOnlyDictionary<string, long> Ends,
    IReadOnlyDictionary<(string Group, string Topic), long> Positions,
    IReadOnlyDictionary<string, long> Lags)
{
    /// <summary>Age of the oldest event that each group has not handled, in seconds; groups are missing where it is not known.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public static FlowSample Of(DateTimeOffset at, IReadOnlyList<GroupStatus> groups)
    {
        var partitions = groups.Where(group => group.Lag is not null)
            .SelectMany(group => group.Lag!.Partitions, (group, partition) => (Group: group.Group.Name, Partition: partition)).ToList();
        return new FlowSample(
            at,
            partitions.Select(found => found.Partition).GroupBy(partition => (partition.Topic, partition.Partition))
                .Select(partition => (partition.Key.Topic, End: partition.Max(seen => seen.End)))
                .GroupBy(partition => partition.Topic, StringComparer.Ordinal)
                .ToDictionary(topic => topic.Key, topic => topic.Sum(partition => partition.End), StringComparer.Ordinal),
            partitions.GroupBy(found => (found.Group, found.Partition.Topic))
                .ToDictionary(read => read.Key, read => read.Sum(found => found.Partition.Position)),
            groups.Where(group => group.Lag is not null)
                .ToDictionary(group => group.Group.Name, group => group.Lag!.Events, StringComparer.Ordinal))
        {
            Seconds = groups.Where(group => group.Lag?.SecondsAt(at) is not null)
                .ToDictionary(group => group.Group.Name, group => group.Lag!.SecondsAt(at)!.Value, StringComparer.Ordinal),
        };
    }
}
