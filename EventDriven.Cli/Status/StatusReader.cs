using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Cli.Status;

/// <summary>Reads the whole system at once: databases, Kafka and services each in a bounded time, and what is away hides nothing else.</summary>
internal sealed class StatusReader : IDisposable
{
    private readonly IReadOnlyList<(string Name, string ConnectionString)> _databases;
    private readonly IReadOnlyList<(string Name, Uri Address)> _services;
    private readonly KafkaReader _kafka;
    private readonly ServiceReader _http = new();

    /// <exception cref="CommandFailedException">Nobody says where the databases or Kafka are.</exception>
    public StatusReader(ParseResult parsed)
    {
        _databases = Databases.Find(parsed);
        _services = ServiceAddress.All(parsed);
        _kafka = new KafkaReader(parsed);
    }

    public async Task<SystemStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var services = Task.WhenAll(_services.Select(service => _http.ReadAsync(service, cancellationToken)));
        var reading = Task.WhenAll(_databases.Select(database => DatabaseReading.ReadAsync(database, cancellationToken)));
        var kafka = await _kafka.ReadAsync(GroupsAsync(reading), cancellationToken);
        var databases = await reading;
        try
        {
            return new SystemStatus(StatusRows.Of(kafka, databases, await services, TimeProvider.System.GetUtcNow()), HasAddresses: _services.Count > 0);
        }
        finally
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }

    public void Dispose()
    {
        _kafka.Dispose();
        _http.Dispose();
    }

    private static async Task<IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)>> GroupsAsync(Task<DatabaseReading[]> databases) =>
        [.. (await databases).SelectMany(database => database.Groups, (database, group) => (group, database.Connection!))];
}
