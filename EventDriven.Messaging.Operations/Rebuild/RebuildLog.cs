using System.Globalization;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>The log that a read model is rebuilt from, and how far it reaches back.</summary>
/// <param name="Bounds">What each partition holds.</param>
/// <param name="TopicIds">Kafka's ids of the topics that exist.</param>
/// <param name="Gaps">Events that the read model was made from and that are no longer on the log.</param>
/// <param name="Stale">Partitions whose stored position belongs to another log, or lies after the log's end.</param>
/// <param name="TruncatedHearsay">Partitions of hearsay whose beginning retention has deleted.</param>
/// <param name="IsRecorded">False when an earlier version read logs without recording them.</param>
internal sealed record RebuildLog(
    IReadOnlyDictionary<TopicPartition, PartitionBounds> Bounds,
    IReadOnlyDictionary<string, string> TopicIds,
    IReadOnlyList<LogGap> Gaps,
    IReadOnlySet<TopicPartition> Stale,
    IReadOnlyList<TopicPartition> TruncatedHearsay,
    bool IsRecorded)
{
    /// <summary>The gaps that stop a rebuild, unless the operator allows the loss.</summary>
    public IEnumerable<LogGap> Losses => Gaps.Where(gap => !gap.IsHearsay);

    /// <summary>The topics, each with the offsets at which the rebuild begins.</summary>
    public IReadOnlyList<TopicLog> Topics => TopicLog.Of(TopicIds, Bounds.ToDictionary(bound => bound.Key, bound => bound.Value.Low));

    /// <summary>Compares the log with what the group has read.</summary>
    public static async Task<RebuildLog> ReadAsync(
        KafkaAdmin admin, NpgsqlConnection database, ConsumerGroup group, RegisteredGroup registered, CancellationToken cancellationToken)
    {
        var consumed = await ConsumedLogTable.ReadAsync(database, group.Name, cancellationToken);

        // Positions are read before ends: then a running group is never past an end that is read.
        var positions = await GroupPositions.ReadAsync(admin, database, registered, [], cancellationToken);
        var ids = await Kafka.TopicIds.ReadAsync(admin.Client, [.. group.Topics], cancellationToken);
        var bounds = await PartitionBounds.ReadAsync(admin.Client, [.. group.Topics], cancellationToken);
        var remade = consumed.Where(log => log.Cluster == registered.Cluster && IsRemade(log, ids))
            .Select(log => log.Topic)
            .ToHashSet(StringComparer.Ordinal);
        var stale = positions.Where(position => IsStale(position, bounds, consumed, ids, registered.Cluster))
            .Select(position => position.Key)
            .ToHashSet();
        return new RebuildLog(
            bounds,
            ids,
            [.. Truncated(bounds, ids, consumed, registered.Cluster)
                .Concat(Replaced(consumed, ids, group, registered.Cluster))
                .Concat(Shortened(positions, bounds, remade))
                .Select(gap => new LogGap(gap.Topic, gap.What, group.HearsayTopics.Contains(gap.Topic)))],
            stale,
            [.. bounds.Where(bound => bound.Value.Low > 0 && group.HearsayTopics.Contains(bound.Key.Topic)).Select(bound => bound.Key)],
            consumed.TrueForAll(log => log.FirstReadAt > DateTimeOffset.UnixEpoch));
    }

    private static bool IsRemade(ConsumedLog log, IReadOnlyDictionary<string, string> ids) =>
        log.TopicId.Length > 0 && ids.TryGetValue(log.Topic, out var id) && id != log.TopicId;

    // The position belongs to the incarnation of the topic that the group was assigned last.
    private static bool IsStale(
        KeyValuePair<TopicPartition, long> position,
        IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds,
        List<ConsumedLog> consumed,
        IReadOnlyDictionary<string, string> ids,
        string cluster) =>
        position.Value > (bounds.TryGetValue(position.Key, out var bound) ? bound.High : 0)
        || (consumed.Where(log => log.Topic == position.Key.Topic && log.Cluster == cluster).MaxBy(log => log.LastReadAt) is { } latest
            && IsRemade(latest, ids));

    private static IEnumerable<(string Topic, string What)> Truncated(
        IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds,
        IReadOnlyDictionary<string, string> ids,
        List<ConsumedLog> consumed,
        string cluster) =>
        bounds
            .Select(bound => (bound.Key.Topic, Gone: bound.Value.Low - Begin(bound.Key, ids, consumed, cluster)))
            .Where(partition => partition.Gone > 0)
            .GroupBy(partition => partition.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .Select(topic => (topic.Key, string.Create(
                CultureInfo.InvariantCulture,
                $"has lost its beginning: {topic.Sum(partition => partition.Gone):N0} record(s) that the group could read were deleted")
                + ", by retention or by hand"));

    // Where the read model begins. Earlier records never were in it.
    private static long Begin(
        TopicPartition partition, IReadOnlyDictionary<string, string> ids, List<ConsumedLog> consumed, string cluster) =>
        consumed.Find(log => log.Topic == partition.Topic
            && log.Cluster == cluster
            && ids.TryGetValue(log.Topic, out var id)
            && id == log.TopicId) is { Begins: { } begins }
        && partition.Partition.Value < begins.Length
            ? begins[partition.Partition.Value]
            : 0;

    private static IEnumerable<(string Topic, string What)> Replaced(
        List<ConsumedLog> consumed, IReadOnlyDictionary<string, string> ids, ConsumerGroup group, string cluster) => consumed
        .Select(log => (log.Topic, What: log switch
        {
            _ when !group.Topics.Contains(log.Topic, StringComparer.Ordinal) => "is not read by this version of the service",
            _ when log.Cluster != cluster => string.Create(
                CultureInfo.InvariantCulture,
                $"was also read from another cluster, '{log.Cluster}', until {log.LastReadAt.UtcDateTime:yyyy-MM-dd HH:mm}Z or later"),
            _ when !ids.ContainsKey(log.Topic) => "is no longer on this broker",
            _ when IsRemade(log, ids) => string.Create(
                CultureInfo.InvariantCulture, $"was deleted and created again after {log.LastReadAt.UtcDateTime:yyyy-MM-dd HH:mm}Z"),
            _ => null,
        }))
        .Where(log => log.What is not null).Select(log => (log.Topic, log.What!)).Distinct();

    private static IEnumerable<(string Topic, string What)> Shortened(
        IReadOnlyDictionary<TopicPartition, long> positions,
        IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds,
        HashSet<string> remade) =>
        positions
            .Where(position =>
                bounds.TryGetValue(position.Key, out var bound) && position.Value > bound.High && !remade.Contains(position.Key.Topic))
            .GroupBy(position => position.Key.Topic, StringComparer.Ordinal).OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .Select(topic => (topic.Key, "ends before the group's position: its end was deleted, or the topic was created again"));
}
