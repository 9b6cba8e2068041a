using Confluent.Kafka;
using EventDriven.ControlRoom.Events;
using EventDriven.ControlRoom.Flow;
using EventDriven.Identity;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;
using Npgsql;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>
/// Reads the way of an order from where it is kept: receipts from Analytics, events from the log, what is not sent yet from the outboxes,
/// and messages from Notifications. What does not answer is told, and the rest is shown.
/// </summary>
internal sealed class JourneyReader(
    LogBrowser log,
    EventTopics topics,
    FlowState flow,
    SystemAddresses servers,
    [FromKeyedServices(Audiences.System)] IServiceTokens tokens,
    IHostApplicationLifetime host,
    TimeProvider time)
{
    private const int MaxWatches = 200;
    private const int MaxWaiting = 50;
    private const string Analytics = "analytics";
    private const string Notifications = "notifications";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, JourneyWatch> _watches = [];
    private readonly Queue<Guid> _oldest = [];

    /// <summary>The way of an order. One that nobody knows has no events.</summary>
    public Task<OrderJourney> ReadAsync(Guid orderId, CancellationToken cancellationToken) =>
        WatchOf(orderId).ReadAsync().WaitAsync(cancellationToken);

    private JourneyWatch WatchOf(Guid orderId)
    {
        lock (_lock)
        {
            if (!_watches.TryGetValue(orderId, out var watch))
            {
                var own = new PatientLog(new JourneyLog(log, orderId, time));
                _watches[orderId] = watch = new JourneyWatch(() => ReadNowAsync(orderId, own), time);
                _oldest.Enqueue(orderId);
                if (_oldest.Count > MaxWatches)
                {
                    _watches.Remove(_oldest.Dequeue());
                }
            }

            return watch;
        }
    }

    private async Task<OrderJourney> ReadNowAsync(Guid orderId, PatientLog own)
    {
        // It goes on when the one who asked first has left.
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
        bounded.CancelAfter(Timeout);
        var problems = new List<string>();
        var facts = TryAsync(problems, "The receipts are unknown", () => FactsAsync(orderId, bounded.Token), []);
        var mails = TryAsync(problems, "The messages are unknown", () => MailsAsync(orderId, bounded.Token), []);
        var waiting = TryAsync(problems, "The outboxes are unknown", () => WaitingAsync(orderId, bounded.Token), []);
        var told = await facts;
        await TryAsync(
            problems,
            "The log is unknown",
            async () =>
            {
                // Each of its steps is bounded by itself.
                await own.ReadAsync(() => topics.OfFactsAsync(host.ApplicationStopping), told, host.ApplicationStopping);
                return true;
            },
            fallback: false);
        return JourneyAssembly.Of(
            orderId,
            told,
            own.Log.IdMadeAt,
            own.Events,
            await waiting,
            await mails,
            [.. (flow.Status?.Groups ?? []).Select(group => group.Group)],
            problems,
            time.GetUtcNow());
    }

    private async Task<IReadOnlyList<JourneyFact>> FactsAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var analytics = new AnalyticsClient(await AddressAsync(Analytics, cancellationToken));
        return (await analytics.FindAsync(orderId, cancellationToken))?.Facts ?? [];
    }

    private async Task<IReadOnlyList<JourneyMail>> MailsAsync(Guid orderId, CancellationToken cancellationToken)
    {
        using var notifications = new NotificationsClient(await AddressAsync(Notifications, cancellationToken));
        return await notifications.MailsAsync(orderId, cancellationToken);
    }

    private async Task<IReadOnlyList<(string Service, WaitingOutboxMessage Message)>> WaitingAsync(
        Guid orderId, CancellationToken cancellationToken)
    {
        await using var databases = await ServiceDatabases.OpenAsync(servers.Databases, cancellationToken);
        var found = new List<(string, WaitingOutboxMessage)>();
        foreach (var (name, connection) in databases.Open)
        {
            var outbox = new OutboxAdmin(connection);
            if (await outbox.ExistsAsync(cancellationToken))
            {
                var service = name.EndsWith("db", StringComparison.Ordinal) ? name[..^2] : name;
                found.AddRange((await outbox.ListAsync(orderId.ToString(), MaxWaiting, cancellationToken)).Select(one => (service, one)));
            }
        }

        return found;
    }

    private async Task<ServiceAddress> AddressAsync(string service, CancellationToken cancellationToken)
    {
        var address = servers.Services.FirstOrDefault(known => known.Name == service) ?? throw new OperationFailedException(
            $"The address of {service} is missing: set services__{service}__http__0.", ExitCode.Usage);
        return address with { Token = await tokens.GetAsync(cancellationToken) };
    }

    private static async Task<T> TryAsync<T>(List<string> problems, string what, Func<Task<T>> read, T fallback)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is OperationFailedException or KafkaException or NpgsqlException or HttpRequestException
            or OperationCanceledException or TimeoutException)
        {
            var why = exception is OperationCanceledException or TimeoutException ? "the answer takes too long." : exception.Message;
            lock (problems)
            {
                problems.Add($"{what}: {why}");
            }

            return fallback;
        }
    }
}
