using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Inventory.Worker.Reservations.Expiry;

/// <summary>Releases expired holds periodically.</summary>
internal sealed partial class HoldSweep(
    IServiceScopeFactory scopes, IOptions<ReservationOptions> options, TimeProvider time, ILogger<HoldSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
                // The database is away. The holds are still there at the next tick.
                Log.Failed(logger, exception);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        int released;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            released = await scope.ServiceProvider.GetRequiredService<ExpiredHolds>().ReleaseAsync(cancellationToken);
            if (released > 0)
            {
                Log.Released(logger, released);
            }
        }
        while (released == ExpiredHolds.BatchSize);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Released {Count} expired holds.")]
        public static partial void Released(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Expired holds could not be released. They are tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
