using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Npgsql;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Measures lag from the log and from the positions that groups have stored. It is a member of no group, so it also works for stopped
/// groups. Not for concurrent use.
/// </summary>
internal sealed class LagReader(KafkaSettings kafka, TimeProvider time) : IDisposable
{
    private readonly OldestEvents _oldest = new(kafka, time);
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Measures one group.</summary>
    /// <param name="admin">Client of the group's cluster.</param>
    /// <param name="database">The database of the group's service.</param>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task<GroupLag> ReadAsync(
        KafkaAdmin admin, NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        var partitions = await PartitionBounds.PartitionsAsync(admin.Client, group.Topics, cancellationToken);
        var ends = await OffsetsAsync(admin.Client, partitions, OffsetSpec.Latest(), cancellationToken);
        var stored = await GroupPositions.ReadAsync(admin, database, group, partitions, cancellationToken);
        var measuredAt = time.GetUtcNow();

        // Events that the log has deleted don't count as lag, because nothing can handle them. A group that is at the end, the usual case,
        // needs no request for the beginning.
        var lagging = partitions.Where(partition => stored.GetValueOrDefault(partition) < ends[partition]).ToArray();
        var beginnings = await OffsetsAsync(admin.Client, lagging, OffsetSpec.Earliest(), cancellationToken);
        var positions = partitions.ToDictionary(
            partition => partition, partition => Math.Max(stored.GetValueOrDefault(partition), beginnings.GetValueOrDefault(partition)));
        var oldest = await _oldest.ReadAsync(
            [.. lagging.Where(partition => positions[partition] < ends[partition])
                .Select(partition => new TopicPartitionOffset(partition, positions[partition]))],
            _known.TryGetValue(group.Name, out var known) ? known.StillHolding(ends) : null,
            cancellationToken);
        _known[group.Name] = new Known(oldest, ends);

        // Records that readers can't read yet don't count: no group can handle them.
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
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec,
        CancellationToken cancellationToken) => partitions.Count == 0
        ? new Dictionary<TopicPartition, long>()
        : await PartitionBounds.OffsetsAsync(admin, partitions, spec, cancellationToken);

    /// <summary>What earlier measurements found.</summary>
    private sealed record Known(
        IReadOnlyDictionary<TopicPartitionOffset, OldestEvent?> Oldest, IReadOnlyDictionary<TopicPartition, long> Ends)
    {
        /// <summary>A position without an event holds only while the partition's end is unchanged.</summary>
        public Dictionary<TopicPartitionOffset, OldestEvent?> StillHolding(IReadOnlyDictionary<TopicPartition, long> ends) => Oldest
            .Where(known => known.Value is not null
                || Ends.GetValueOrDefault(known.Key.TopicPartition) == ends.GetValueOrDefault(known.Key.TopicPartition))
            .ToDictionary();
    }
}
