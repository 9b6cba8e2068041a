using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Status;

namespace EventDriven.ControlRoom.Flow;

/// <summary>
/// Reads the state of everything once for all browsers: each second while somebody watches, each 5 s for the history otherwise. Meanwhile
/// instances are asked twice a second whether they are there, because a broker may take long to answer.
/// </summary>
internal sealed partial class FlowSampler(
    LiveFeed<FlowSnapshot> feed,
    FlowState state,
    ServiceInstances services,
    SystemAddresses servers,
    TimeProvider time,
    ILogger<FlowSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TopologyAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TopologyRetry = TimeSpan.FromSeconds(5);

    private long? _tokenAt;
    private long? _topologyAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadAsync(stoppingToken), ProbeAsync(stoppingToken));

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        using var reader = new StatusReader(servers.Databases, services, servers.Kafka!, time);
        using var topology = new ServiceTopologyReader();
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            await ReadOnceAsync(reader, topology, stoppingToken);
            await feed.WaitAsync((feed.IsWatched ? Watched : Unwatched) - time.GetElapsedTime(begun), stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadOnceAsync(StatusReader reader, ServiceTopologyReader topology, CancellationToken cancellationToken)
    {
        try
        {
            if (IsOver(_tokenAt, TokenAge))
            {
                await services.RenewTokenAsync(cancellationToken);
                _tokenAt = time.GetTimestamp();
            }

            if (IsOver(_topologyAt, services.All(service => state.IsDeclared(service.Name)) ? TopologyAge : TopologyRetry))
            {
                await AskAsync(topology, cancellationToken);
                _topologyAt = time.GetTimestamp();
            }

            state.Read(await reader.ReadAsync(cancellationToken));
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

    private Task AskAsync(ServiceTopologyReader topology, CancellationToken cancellationToken) =>
        Task.WhenAll(services.Select(async service =>
        {
            if (await topology.ReadAsync(service, cancellationToken) is { } declared)
            {
                state.Declare(service.Name, declared);
            }
        }));

    private async Task ProbeAsync(CancellationToken stoppingToken)
    {
        using var probe = new LivenessProbe();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!feed.IsWatched)
                {
                    state.SetAway(new Dictionary<string, string>(StringComparer.Ordinal));
                }
                else
                {
                    var found = await Task.WhenAll(servers.Services.Select(
                        async service => (service.Name, Why: await probe.WhyAwayAsync(service, stoppingToken))));
                    state.SetAway(found.Where(service => service.Why is not null)
                        .ToDictionary(service => service.Name, service => service.Why!, StringComparer.Ordinal));
                }

                await Task.Delay(ProbeEvery, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops.
            }
        }
    }

    private bool IsOver(long? since, TimeSpan age) => since is not { } at || time.GetElapsedTime(at) >= age;

    private static partial class Log
    {
        [LoggerMessage(2610, LogLevel.Error, "The state of the system can't be read. It is tried again each second while somebody watches")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
