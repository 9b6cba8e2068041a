using EventDriven.ControlRoom.Live;
using Npgsql;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>
/// Counts the dead letters once for all browsers: each second while somebody watches, and not at all otherwise. Where that takes long, it
/// is done less often, so that a database never spends more than a fifth of its time on it.
/// </summary>
internal sealed partial class DeadLetterSampler(
    LiveFeed<DeadLetterOverview> feed, DeadLetterReader reader, TimeProvider time, ILogger<DeadLetterSampler> logger) : BackgroundService
{
    private const int Restraint = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            if (feed.IsWatched)
            {
                await ReadAsync(stoppingToken);
            }

            var took = time.GetElapsedTime(begun);
            var pause = feed.IsWatched ? TimeSpan.FromTicks(Math.Max((Interval - took).Ticks, took.Ticks * Restraint)) : Idle;
            await feed.WaitAsync(pause, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            feed.Publish(await reader.OverviewAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is NpgsqlException
            || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A database that has just gone is named by the next reading.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2620, LogLevel.Error, "Dead letters can't be counted. It is tried again each second while somebody watches")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
