using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Services;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>
/// Reads the state of the whole system at once. Databases, Kafka and services are each read in bounded time, and one that does not answer
/// hides no other. Can be used for hours. Not for concurrent use.
/// </summary>
/// <param name="databases">The services' databases.</param>
/// <param name="services">The instances of services. May be empty, and may change between two readings.</param>
/// <param name="kafka">Addresses of brokers, or settings of the client as <c>name=value;name=value</c>.</param>
/// <param name="time">The clock that ages count from.</param>
public sealed class StatusReader(
    IReadOnlyList<ServiceDatabase> databases, IReadOnlyList<ServiceAddress> services, string kafka, TimeProvider time) : IDisposable
{
    private readonly KafkaReader _kafka = new(KafkaSettings.Parse(kafka), time);
    private readonly ServiceHealthReader _health = new();

    // The databases of the reading whose request to Kafka is late.
    private IReadOnlyList<DatabaseReading> _late = [];

    /// <summary>Reads the state, within about 10 s. Failures of servers are part of the result.</summary>
    public async Task<SystemStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var isLate = _kafka.IsBusy;
        var health = Task.WhenAll(services.Select(service => _health.ReadAsync(service, cancellationToken)));
        var reading = Task.WhenAll(databases.Select(database => DatabaseReading.ReadAsync(database, cancellationToken)));
        var brokers = await _kafka.ReadAsync(GroupsAsync(reading), cancellationToken);
        var read = await reading;
        try
        {
            return new SystemStatus(StatusParts.Of(brokers, read, await health, time.GetUtcNow()), HasAddresses: services.Count > 0)
            {
                Groups =
                [
                    .. from database in read
                       from known in database.Groups
                       orderby known.Name
                       select new GroupStatus(database.Name, known, brokers.Lag.GetValueOrDefault(known.Name)),
                ],
            };
        }
        finally
        {
            // The lag of groups is read from their databases too: a connection that is closed meanwhile may never be closed.
            if (!isLate && _kafka.IsBusy)
            {
                _late = read;
            }
            else
            {
                await DisposeAsync(read);
            }

            if (!_kafka.IsBusy)
            {
                await DisposeAsync(_late);
                _late = [];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kafka.Dispose();
        _health.Dispose();
    }

    private static async Task DisposeAsync(IEnumerable<DatabaseReading> read)
    {
        foreach (var database in read)
        {
            await database.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<GroupDatabase>> GroupsAsync(Task<DatabaseReading[]> databases) =>
        [.. (await databases).SelectMany(
            database => database.Groups, (database, group) => new GroupDatabase(group, database.Open!.Connection))];
}
