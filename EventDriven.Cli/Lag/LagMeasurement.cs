using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;

namespace EventDriven.Cli.Lag;

/// <summary>Measures the lag of the groups that are registered in the services' databases.</summary>
internal sealed class LagMeasurement(ParseResult parsed) : IDisposable
{
    private readonly KafkaAdmin _admin = KafkaConnection.Open(parsed);
    private readonly LagReader _reader = new(KafkaConnection.Find(parsed), TimeProvider.System);

    /// <summary>One group, or all.</summary>
    /// <exception cref="CommandFailedException">There is no such group, or no database answers.</exception>
    /// <exception cref="KafkaException">Kafka does not answer.</exception>
    public async Task<MeasuredLag> ReadAsync(string? only, CancellationToken cancellationToken)
    {
        var cluster = await ClusterId.ReadAsync(_admin.Client, cancellationToken);
        await using var databases = await OpenDatabases.OpenAsync(parsed, only, cancellationToken);
        var members = await GroupMembers.CountAllAsync(_admin.Client, cancellationToken);
        var measured = new List<MeasuredGroup>();
        foreach (var (group, database) in await Groups.ListAsync(databases, only, cancellationToken))
        {
            measured.Add(ClusterId.IsOf(cluster, group.Cluster)
                ? new MeasuredGroup(group, await _reader.ReadAsync(_admin, database, group, cancellationToken), members?.GetValueOrDefault(group.Name))
                : new MeasuredGroup(group, Lag: null, Members: null));
        }

        return new MeasuredLag(measured, databases.Away);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _admin.Dispose();
    }
}
