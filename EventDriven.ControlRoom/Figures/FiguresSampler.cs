using EventDriven.ControlRoom.Figures.Business;
using EventDriven.ControlRoom.Figures.Handling;
using EventDriven.ControlRoom.Flow;
using EventDriven.ControlRoom.Live;
using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations.Handling;

namespace EventDriven.ControlRoom.Figures;

/// <summary>
/// Asks services each 5 s how long handling takes, for an hour's history, and Analytics while somebody watches. Everything is read once for
/// all browsers.
/// </summary>
internal sealed partial class FiguresSampler(
    LiveFeed<FiguresSnapshot> feed,
    FlowState flow,
    ServiceInstances services,
    AnalyticsReader analytics,
    TimeProvider time,
    ILogger<FiguresSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BusinessAge = TimeSpan.FromSeconds(10);

    private readonly HandlingHistory _handling = new();
    private BusinessFigures? _business;
    private string? _problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var reader = new HandlingReader();
        var sampledAt = (long?)null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Who begins to watch is answered at once, and the history stays even.
                if (sampledAt is not { } last || time.GetElapsedTime(last) >= Every)
                {
                    sampledAt = time.GetTimestamp();
                    await SampleAsync(reader, stoppingToken);
                }

                if (feed.IsWatched)
                {
                    await AskAsync(stoppingToken);
                }

                var now = time.GetUtcNow();
                feed.Publish(new FiguresSnapshot(now, FiguresReading.Of(flow.Samples(), _handling.Samples, now), _business, _problem));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The program stops.
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
            }

            await feed.WaitAsync(Every - time.GetElapsedTime(sampledAt ?? time.GetTimestamp()), stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SampleAsync(HandlingReader reader, CancellationToken cancellationToken)
    {
        var told = await Task.WhenAll(services.ToArray().Select(
            async service => (service.Name, Groups: await reader.ReadAsync(service, cancellationToken))));
        _handling.Add(
            time.GetUtcNow(),
            told.Where(instance => instance.Groups is not null).Select(instance => (instance.Name, instance.Groups!)));
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        if (_business is { } known && _problem is null && time.GetUtcNow() - known.At < BusinessAge)
        {
            return;
        }

        (var figures, _problem) = await analytics.ReadAsync(cancellationToken);
        _business = figures ?? _business;
    }

    private static partial class Log
    {
        [LoggerMessage(2640, LogLevel.Error, "The figures can't be read. They are tried again every 5 s")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
