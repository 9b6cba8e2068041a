using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Measures the outbox independently of the relay: depth matters most while the relay waits for a broker that doesn't answer (law L8).
/// </summary>
internal sealed partial class OutboxMeter<TContext>(
    IServiceScopeFactory scopes, MessagingGauges gauges, TimeProvider time, IOptions<MessagingOptions> options,
    ILogger<OutboxMeter<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Outbox.PollInterval, time);
        do
        {
            try
            {
                await MeasureAsync(stoppingToken);
            }
            catch (Exception exception) when (Failure.IsOfServer(exception))
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<TContext>().Set<OutboxMessage>();
        var depth = await outbox.GroupBy(_ => 1)
            .Select(all => new { Pending = all.LongCount(), Oldest = all.Min(m => m.Time) })
            .SingleOrDefaultAsync(cancellationToken);
        gauges.Outbox = new OutboxDepth(depth?.Pending ?? 0, depth?.Oldest);
    }

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Warning, "Outbox could not be measured. Its metrics and health show the last figures.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
