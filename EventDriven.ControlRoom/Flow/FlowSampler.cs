using System.Collections.Concurrent;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Status;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Flow;

/// <summary>
/// Reads the state of everything once for all browsers: each second while somebody watches, each 5 s for the history otherwise.
/// </summary>
internal sealed partial class FlowSampler(
    LiveFeed<FlowSnapshot> feed,
    ServiceInstances services,
    IOptions<ServerAddresses> servers,
    TimeProvider time,
    ILogger<FlowSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TopologyAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TopologyRetry = TimeSpan.FromSeconds(5);

    private readonly FlowHistory _history = new();
    private readonly ConcurrentDictionary<string, DeclaredAccess> _declared = new(StringComparer.Ordinal);
    private long? _tokenAt;
    private long? _topologyAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var reader = new StatusReader(servers.Value.Databases, services, servers.Value.Kafka, time);
        using var topology = new ServiceTopologyReader();
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            await SampleAsync(reader, topology, stoppingToken);
            await feed.WaitAsync((feed.IsWatched ? Watched : Unwatched) - time.GetElapsedTime(begun), stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SampleAsync(StatusReader reader, ServiceTopologyReader topology, CancellationToken cancellationToken)
    {
        try
        {
            if (IsOver(_tokenAt, TokenAge))
            {
                await services.RenewTokenAsync(cancellationToken);
                _tokenAt = time.GetTimestamp();
            }

            if (IsOver(_topologyAt, services.All(service => _declared.ContainsKey(service.Name)) ? TopologyAge : TopologyRetry))
            {
                await AskAsync(topology, cancellationToken);
                _topologyAt = time.GetTimestamp();
            }

            var status = await reader.ReadAsync(cancellationToken);
            var now = time.GetUtcNow();
            _history.Add(FlowSample.Of(now, status.Groups));
            feed.Publish(FlowReading.Of(status, _declared, _history, now));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program stops.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    // What a service has declared once holds while it is away.
    private Task AskAsync(ServiceTopologyReader topology, CancellationToken cancellationToken) =>
        Task.WhenAll(services.Select(async service =>
        {
            if (await topology.ReadAsync(service, cancellationToken) is { } declared)
            {
                _declared[service.Name] = declared;
            }
        }));

    private bool IsOver(long? since, TimeSpan age) => since is not { } at || time.GetElapsedTime(at) >= age;

    private static partial class Log
    {
        [LoggerMessage(2610, LogLevel.Error, "The state of the system can't be read. It is tried again each second while somebody watches")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
