using Confluent.Kafka;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Messaging.Operations.Lag;

/// <summary>Measures the lag of the groups in the services' databases. Not for concurrent use.</summary>
/// <param name="databases">The services' databases.</param>
/// <param name="kafka">Addresses of brokers, or settings of the client as <c>name=value;name=value</c>.</param>
/// <param name="time">The clock that ages count from.</param>
/// <exception cref="InvalidOperationException">The settings are invalid.</exception>
public sealed class SystemLagReader(IReadOnlyList<ServiceDatabase> databases, string kafka, TimeProvider time) : IDisposable
{
    private readonly KafkaCluster _kafka = new(kafka);
    private GroupLagReader? _reader;

    /// <summary>Measures one group, or all.</summary>
    /// <param name="only">The group; null for all.</param>
    /// <param name="cancellationToken">Stops measuring.</param>
    /// <exception cref="OperationFailedException">The group does not exist, or no database answers.</exception>
    /// <exception cref="KafkaException">Kafka does not answer, or refuses.</exception>
    /// <exception cref="NpgsqlException">A database no longer answers, or refuses.</exception>
    public async Task<MeasuredLag> ReadAsync(string? only, CancellationToken cancellationToken)
    {
        await using var open = await ServiceDatabases.OpenAsync(databases, only, cancellationToken);
        _reader ??= new GroupLagReader(_kafka, time);
        var groups = await _reader.ReadAsync(await open.ListGroupsAsync(only, cancellationToken), cancellationToken);
        return new MeasuredLag(groups, open.Unreachable);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _kafka.Dispose();
    }
}
