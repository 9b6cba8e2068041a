using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Npgsql;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Measures the lag of groups at the log and at the positions that they have stored: without being a member, so it works for groups that are stopped.
/// Not for concurrent use.
/// </summary>
internal sealed class LagReader(string bootstrapServers, TimeProvider time) : IDisposable
{
    private readonly OldestEvents _oldest = new(bootstrapServers, time);
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Measures one group.</summary>
    /// <param name="admin">A client of the group's cluster.</param>
    /// <param name="database">The database of the group's service.</param>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task<GroupLag> ReadAsync(
        KafkaAdmin admin, NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        var partitions = await PartitionBounds.PartitionsAsync(admin.Client, group.Topics, cancellationToken);
        var ends = await OffsetsAsync(admin.Client, partitions, OffsetSpec.Latest(), cancellationToken);
        var stored = await GroupPositions.ReadAsync(admin, database, group, partitions, cancellationToken);
        var measuredAt = time.GetUtcNow();

        // Events that the log has deleted are no lag any more: nothing can handle them. Where the group is at the end, which is nearly always, there is
        // no need to ask where the log begins.
        var behind = partitions.Where(partition => stored.GetValueOrDefault(partition) < ends[partition]).ToArray();
        var beginnings = await OffsetsAsync(admin.Client, behind, OffsetSpec.Earliest(), cancellationToken);
        var positions = partitions.ToDictionary(
            partition => partition, partition => Math.Max(stored.GetValueOrDefault(partition), beginnings.GetValueOrDefault(partition)));
        var oldest = await _oldest.ReadAsync(
            [.. behind.Where(partition => positions[partition] < ends[partition]).Select(partition => new TopicPartitionOffset(partition, positions[partition]))],
            _known.TryGetValue(group.Name, out var known) ? known.StillHolding(ends) : null,
            cancellationToken);
        _known[group.Name] = new Known(oldest, ends);

        // What no reader is given, no group can handle.
        foreach (var position in oldest.Where(found => found.Value is null).Select(found => found.Key))
        {
            positions[position.TopicPartition] = ends[position.TopicPartition];
        }

        return new GroupLag(
            group.Name,
            measuredAt,
            [.. partitions
                .Select(partition => new PartitionLag(
                    partition.Topic,
                    partition.Partition.Value,
                    positions[partition],
                    ends[partition],
                    oldest.GetValueOrDefault(new TopicPartitionOffset(partition, positions[partition]))?.HappenedAt))
                .OrderBy(lag => lag.Topic, StringComparer.Ordinal).ThenBy(lag => lag.Partition)]);
    }

    public void Dispose() => _oldest.Dispose();

    private static async Task<IReadOnlyDictionary<TopicPartition, long>> OffsetsAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec, CancellationToken cancellationToken) => partitions.Count == 0
        ? new Dictionary<TopicPartition, long>()
        : await PartitionBounds.OffsetsAsync(admin, partitions, spec, cancellationToken);

    /// <summary>What was read before.</summary>
    private sealed record Known(IReadOnlyDictionary<TopicPartitionOffset, OldestEvent?> Oldest, IReadOnlyDictionary<TopicPartition, long> Ends)
    {
        /// <summary>Where nothing was, something may have come since.</summary>
        public Dictionary<TopicPartitionOffset, OldestEvent?> StillHolding(IReadOnlyDictionary<TopicPartition, long> ends) => Oldest
            .Where(known => known.Value is not null || Ends.GetValueOrDefault(known.Key.TopicPartition) == ends.GetValueOrDefault(known.Key.TopicPartition))
            .ToDictionary();
    }
}
