using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Reads the changes of all orders that somebody watches in this process, with one query at a time: those that this process changed at
/// once, all of them every second, because another instance may have changed them. While nobody watches, there is no query. A failure is
/// repeated every second for some time: if all streams ended with it, their clients would come back together, on top of the outage.
/// </summary>
internal sealed partial class OrderReader(
    OrderChanges changes, IServiceScopeFactory scopes, TimeProvider time, ILogger<OrderReader> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Longest time of failures, one after another, before those who watch are told.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(12);

    private long? _failingSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var round = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var left = Round - time.GetElapsedTime(round);
            left = left > TimeSpan.Zero ? left : TimeSpan.Zero;

            // While the database fails, it is asked once a round, whatever is announced.
            await (_failingSince is null ? changes.WaitAsync(left, stoppingToken) : Task.Delay(left, time, stoppingToken))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var isRound = time.GetElapsedTime(round) >= Round;
            if (isRound)
            {
                round = time.GetTimestamp();
            }

            await ReadAsync(isRound, stoppingToken);
        }
    }

    private async Task ReadAsync(bool all, CancellationToken cancellationToken)
    {
        var (ids, known) = changes.Take(all);
        if (ids.Length == 0 || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            changes.Add(await scope.ServiceProvider.GetRequiredService<CheckoutDbContext>().History
                .FromSql(
                    $"""
                    SELECT h.* FROM order_history h
                    JOIN unnest({ids}, {known}) AS watched (order_id, known) ON h.order_id = watched.order_id AND h.number > watched.known
                    """)
                .AsNoTracking().ToListAsync(cancellationToken));
            _failingSince = null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Note(exception, ids.Length);
        }
        catch (OperationCanceledException)
        {
            // The service stops, and the streams end by themselves.
        }
    }

    // What was due is read with all others in the next round.
    private void Note(Exception exception, int orders)
    {
        if (_failingSince is not { } since)
        {
            _failingSince = time.GetTimestamp();
            Log.Repeated(logger, exception.GetBaseException().Message, LongestOutage.TotalSeconds);
        }
        else if (time.GetElapsedTime(since) >= LongestOutage)
        {
            _failingSince = null;
            Log.Failed(logger, exception.GetBaseException().Message, orders);
            changes.Fail(exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2241, LogLevel.Warning, "Changes of watched orders can't be read: {Reason}. Their streams go on, and it is tried "
            + "again every second, for {Seconds} s")]
        public static partial void Repeated(ILogger logger, string reason, double seconds);

        [LoggerMessage(2240, LogLevel.Warning, "Changes of watched orders can't be read: {Reason}. Their streams end, {Count} or more; "
            + "clients come back by themselves")]
        public static partial void Failed(ILogger logger, string reason, int count);
    }
}
