using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Npgsql;

namespace EventDriven.Cli.Status;

/// <summary>
/// Asks Kafka within a bounded time. Its clients wait for as long as they like, and must neither be disposed of meanwhile nor asked twice at once: what has
/// not ended in time goes on, and is waited for before the next request. Asks no coordinator for what a process that goes on must not ask it
/// (see <see cref="KafkaAdmin"/>), so it can be used for hours.
/// </summary>
internal sealed class KafkaReader : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(4);

    private readonly KafkaAdmin _admin;
    private readonly LagReader _lag;
    private Task<KafkaReading>? _running;

    /// <exception cref="CommandFailedException">Nobody says where Kafka is.</exception>
    public KafkaReader(ParseResult parsed)
    {
        Address = KafkaConnection.Find(parsed);
        (_admin, _lag) = (KafkaAdmin.Open(Address), new LagReader(Address, TimeProvider.System));
    }

    public string Address { get; }

    /// <summary>Reads what there is to know of some groups.</summary>
    /// <param name="groups">The groups, as soon as they are known; each with its service's database, which stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<KafkaReading> ReadAsync(Task<IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)>> groups, CancellationToken cancellationToken)
    {
        if (_running is { IsCompleted: false })
        {
            return KafkaReading.Away("still does not answer");
        }

        _running = Task.Run(() => ReadNowAsync(groups, cancellationToken), cancellationToken);
        try
        {
            // The databases take their time in between.
            await groups.WaitAsync(cancellationToken);
            return await _running.WaitAsync(Bound, cancellationToken);
        }
        catch (TimeoutException)
        {
            return KafkaReading.Away($"does not answer at {Address} within {Bound.TotalSeconds} s");
        }
    }

    public void Dispose()
    {
        // With a request under way they go with the process.
        if (_running is null or { IsCompleted: true })
        {
            _lag.Dispose();
            _admin.Dispose();
        }
    }

    private async Task<KafkaReading> ReadNowAsync(Task<IReadOnlyList<(RegisteredGroup Group, NpgsqlConnection Database)>> known, CancellationToken cancellationToken)
    {
        string? cluster = null;
        IReadOnlyDictionary<string, int>? members = null;
        var lag = new Dictionary<string, GroupLag>(StringComparer.Ordinal);
        try
        {
            cluster = await ClusterId.ReadAsync(_admin.Client, cancellationToken);
            members = await GroupMembers.CountAllAsync(_admin.Client, cancellationToken);
            foreach (var (group, database) in (await known).Where(group => ClusterId.IsOf(cluster, group.Group.Cluster)))
            {
                lag[group.Name] = await _lag.ReadAsync(_admin, database, group, cancellationToken);
            }

            return new KafkaReading(null, cluster, members, lag);
        }
        catch (Exception exception) when (exception is KafkaException or TimeoutException or NpgsqlException)
        {
            if (exception is KafkaException)
            {
                // The clients may have forgotten every broker.
                _admin.Renew();
            }

            return new KafkaReading(Why(exception), cluster, members, lag);
        }
    }

    private string Why(Exception exception) => exception switch
    {
        KafkaException kafka when !Failure.IsOutage(kafka) => $"refuses: {kafka.Error.Reason}",
        NpgsqlException => $"can't be compared with a database: {exception.Message}",
        _ => $"does not answer at {Address}: {exception.Message}",
    };
}
