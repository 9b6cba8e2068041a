using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Telemetry;
using Npgsql;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>
/// Reads the state of Kafka in bounded time. Its clients' requests can't be cancelled, and a client must not be disposed of or used again
/// during one. So a request that is late goes on, and the next reading waits until it has ended. Sends no request that a long-running
/// process must not send to a coordinator (see <see cref="KafkaAdmin"/>), so it can be used for hours.
/// </summary>
internal sealed class KafkaReader(KafkaSettings kafka, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    private readonly KafkaAdmin _admin = KafkaAdmin.Open(kafka);
    private readonly LagReader _lag = new(kafka, time);
    private Task<KafkaReading>? _running;

    /// <summary>Whether a reading still goes on, which uses the databases of its groups.</summary>
    public bool IsBusy => _running is { IsCompleted: false };

    /// <summary>Reads the state.</summary>
    /// <param name="groups">The groups to measure. Their connections stay open, and are used as long as <see cref="IsBusy"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<KafkaReading> ReadAsync(Task<IReadOnlyList<GroupDatabase>> groups, CancellationToken cancellationToken)
    {
        if (IsBusy)
        {
            return KafkaReading.Unreachable("still does not answer");
        }

        _running = Task.Run(() => ReadNowAsync(groups, cancellationToken), cancellationToken);
        try
        {
            // The timeout does not include the time that the databases take.
            await groups.WaitAsync(cancellationToken);
            return await _running.WaitAsync(Timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            return KafkaReading.Unreachable($"does not answer at {kafka.BootstrapServers} within {Timeout.TotalSeconds} s");
        }
    }

    public void Dispose()
    {
        // During a request the clients stay until the process ends.
        if (!IsBusy)
        {
            _lag.Dispose();
            _admin.Dispose();
        }
    }

    private async Task<KafkaReading> ReadNowAsync(Task<IReadOnlyList<GroupDatabase>> groups, CancellationToken cancellationToken)
    {
        string? cluster = null;
        IReadOnlyDictionary<string, int>? members = null;
        var lag = new Dictionary<string, GroupLag>(StringComparer.Ordinal);
        try
        {
            cluster = await ClusterId.ReadAsync(_admin.Client, cancellationToken);
            members = await GroupMembers.CountAllAsync(_admin.Client, cancellationToken);
            foreach (var (group, database) in (await groups).Where(known => ClusterId.IsOf(cluster, known.Group.Cluster)))
            {
                lag[group.Name] = await _lag.ReadAsync(_admin, database, group, cancellationToken);
            }

            return new KafkaReading(null, cluster, members, lag);
        }
        catch (Exception exception) when (exception is KafkaException or TimeoutException or NpgsqlException)
        {
            var problem = exception is KafkaException && _admin.Refusal() is { } refusal ? refusal : Describe(exception);
            if (exception is KafkaException)
            {
                // The clients may have forgotten every broker.
                _admin.Renew();
            }

            return new KafkaReading(problem, cluster, members, lag);
        }
    }

    private string Describe(Exception exception) => exception switch
    {
        KafkaException refused when !Failure.IsOutage(refused) => $"refuses: {refused.Error.Reason}",
        NpgsqlException => $"lag can't be measured, because a database does not answer: {exception.Message}",
        _ => $"does not answer at {kafka.BootstrapServers}: {exception.Message}",
    };
}
