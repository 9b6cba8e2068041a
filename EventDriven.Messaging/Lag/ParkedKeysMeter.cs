using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Lag;

/// <summary>
/// Periodically counts the parked keys of the service's groups and the dead letters of these keys, other instances' partitions included.
/// </summary>
internal sealed partial class ParkedKeysMeter<TContext>(
    IEnumerable<ConsumerGroup> groups,
    IServiceScopeFactory scopes,
    MessagingGauges gauges,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<ParkedKeysMeter<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lag.PollInterval, time);
        do
        {
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception exception) when (Failure.IsOfServer(exception))
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var counts = await DeadLetterTable.ParkedAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
        foreach (var group in groups)
        {
            var (keys, records) = counts.GetValueOrDefault(group.Name);
            gauges.CountedParked(group.Name, keys, records);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(361, LogLevel.Warning, "Parked keys could not be counted. Metrics and health show the last figures.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
