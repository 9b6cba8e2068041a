using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using Npgsql;

namespace EventDriven.Messaging.Operations.Lag;

/// <summary>Measures the lag of groups from outside: also of groups whose services are stopped. Not for concurrent use.</summary>
/// <param name="kafka">The cluster; the caller disposes of it.</param>
/// <param name="time">The clock that ages count from.</param>
public sealed class GroupLagReader(KafkaCluster kafka, TimeProvider time) : IDisposable
{
    private readonly LagReader _reader = new(kafka.Settings, time);

    /// <summary>Measures groups.</summary>
    /// <exception cref="KafkaException">Kafka does not answer, or refuses.</exception>
    /// <exception cref="NpgsqlException">A database does not answer, or refuses.</exception>
    public async Task<IReadOnlyList<MeasuredGroup>> ReadAsync(IEnumerable<GroupDatabase> groups, CancellationToken cancellationToken)
    {
        var cluster = await ClusterId.ReadAsync(kafka.Client, cancellationToken);
        var members = await GroupMembers.CountAllAsync(kafka.Client, cancellationToken);
        var measured = new List<MeasuredGroup>();
        foreach (var (group, database) in groups)
        {
            measured.Add(ClusterId.IsOf(cluster, group.Cluster)
                ? new MeasuredGroup(
                    group, await _reader.ReadAsync(kafka.Admin, database, group, cancellationToken), members?.GetValueOrDefault(group.Name))
                : new MeasuredGroup(group, Lag: null, Members: null));
        }

        return measured;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
