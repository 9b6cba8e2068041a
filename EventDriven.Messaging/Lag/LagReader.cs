using Confluent.Kafka;
using EventDriven.Messaging.Groups;
using Npgsql;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Measures the lag of groups at the log and at the positions that they have stored: without being a member, so it works for groups that are stopped.
/// Not for concurrent use.
/// </summary>
internal sealed class LagReader(string bootstrapServers, TimeProvider time) : IDisposable
{
    private readonly OldestEvents _oldest = new(bootstrapServers, time);
    private readonly Dictionary<string, IReadOnlyDictionary<TopicPartitionOffset, DateTimeOffset>> _known = new(StringComparer.Ordinal);

    /// <summary>Measures one group.</summary>
    /// <param name="admin">A client of the group's cluster.</param>
    /// <param name="database">The database of the group's service.</param>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task<GroupLag> ReadAsync(
        IAdminClient admin, NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(admin, group.Topics, cancellationToken);
        var stored = await GroupPositions.ReadAsync(admin, database, group, [.. bounds.Keys], cancellationToken);
        var measuredAt = time.GetUtcNow();

        // Events that the log has deleted are no lag any more: nothing can handle them.
        var positions = bounds.ToDictionary(
            bound => bound.Key, bound => Math.Max(stored.GetValueOrDefault(bound.Key, bound.Value.Low), bound.Value.Low));
        var behind = positions.Where(position => position.Value < bounds[position.Key].High)
            .Select(position => new TopicPartitionOffset(position.Key, position.Value))
            .ToArray();
        var times = _known[group.Name] = await _oldest.ReadAsync(behind, _known.GetValueOrDefault(group.Name), cancellationToken);
        return new GroupLag(
            group.Name,
            measuredAt,
            [.. bounds
                .Select(bound => new PartitionLag(
                    bound.Key.Topic,
                    bound.Key.Partition.Value,
                    positions[bound.Key],
                    bound.Value.High,
                    times.TryGetValue(new TopicPartitionOffset(bound.Key, positions[bound.Key]), out var oldest) ? oldest : null))
                .OrderBy(lag => lag.Topic, StringComparer.Ordinal).ThenBy(lag => lag.Partition)]);
    }

    public void Dispose() => _oldest.Dispose();
}
