using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Groups;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Tasks;
using Npgsql;

namespace EventDriven.Cli.Lag;

/// <summary>Measures the lag of the groups that are registered in the services' databases.</summary>
internal sealed class LagMeasurement(ParseResult parsed) : IDisposable
{
    private readonly IAdminClient _admin = KafkaConnection.Open(parsed);
    private readonly LagReader _reader = new(KafkaConnection.Find(parsed), TimeProvider.System);

    /// <summary>One group, or all.</summary>
    /// <exception cref="CommandFailedException">There is no such group, or a database does not answer.</exception>
    /// <exception cref="KafkaException">Kafka does not answer.</exception>
    public async Task<IReadOnlyList<MeasuredGroup>> ReadAsync(string? only, CancellationToken cancellationToken)
    {
        var cluster = await ClusterId.ReadAsync(_admin, cancellationToken);
        var measured = new List<MeasuredGroup>();
        foreach (var database in Databases.Find(parsed))
        {
            await using var connection = await Databases.OpenAsync(database, cancellationToken);
            foreach (var group in await GroupsAsync(connection, cancellationToken))
            {
                if (only is null || group.Name == only)
                {
                    measured.Add(new MeasuredGroup(group, ClusterId.IsOf(cluster, group) ? await _reader.ReadAsync(_admin, connection, group, cancellationToken) : null));
                }
            }
        }

        return only is null || measured.Count > 0
            ? measured
            : throw new CommandFailedException(
                $"No service has registered a group '{only}'; lag without --group shows all there are. A group registers when its service starts for the first time.",
                ExitCode.Refused);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _admin.Dispose();
    }

    private static async Task<IReadOnlyList<RegisteredGroup>> GroupsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var desk = new GroupDesk(connection);
        return await desk.ExistsAsync(cancellationToken) ? await desk.ListAsync(cancellationToken) : [];
    }
}
