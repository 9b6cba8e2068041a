using Checkout.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Orders.Watching;

/// <summary>
/// Reads the changes of all orders that somebody watches in this process, with one query at a time: those that this process changed at
/// once, all of them every second, because another instance may have changed them. While nobody watches, there is no query.
/// </summary>
internal sealed partial class OrderReader(
    OrderChanges changes, IServiceScopeFactory scopes, TimeProvider time, ILogger<OrderReader> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var round = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var left = Round - time.GetElapsedTime(round);
            await changes.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, stoppingToken)
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
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception.GetBaseException().Message, ids.Length);
            changes.Fail(exception);
        }
        catch (OperationCanceledException)
        {
            // The service stops, and the streams end by themselves.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2240, LogLevel.Warning, "Changes of watched orders can't be read: {Reason}. Their streams end, {Count} or more; "
            + "clients come back by themselves")]
        public static partial void Failed(ILogger logger, string reason, int count);
    }
}
