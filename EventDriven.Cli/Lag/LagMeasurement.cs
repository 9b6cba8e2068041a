using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Lag;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Cli.Lag;

/// <summary>Measures the lag of the groups in the services' databases.</summary>
internal sealed class LagMeasurement : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly KafkaCluster _kafka;
    private readonly GroupLagReader _reader;

    /// <exception cref="CommandFailedException">The address of Kafka is missing.</exception>
    public LagMeasurement(ParseResult parsed)
    {
        (_parsed, _kafka) = (parsed, KafkaConnection.Open(parsed));
        _reader = new GroupLagReader(_kafka, TimeProvider.System);
    }

    /// <summary>One group, or all.</summary>
    /// <exception cref="CommandFailedException">The group does not exist, or no database answers.</exception>
    public async Task<MeasuredLag> ReadAsync(string? only, CancellationToken cancellationToken)
    {
        await using var databases = await Databases.OpenAsync(_parsed, only, cancellationToken);
        var groups = await _reader.ReadAsync(await databases.ListGroupsAsync(only, cancellationToken), cancellationToken);
        return new MeasuredLag(groups, [.. databases.Unreachable.Select(Databases.Describe)]);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _kafka.Dispose();
    }
}
