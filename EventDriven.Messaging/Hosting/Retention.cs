using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Forgets, at start and once an hour, in small steps, events that the broker has forgotten before: their inbox rows, and
/// their dead letters when these are resolved.
/// </summary>
internal sealed partial class Retention<TContext>(
    IServiceScopeFactory scopes, TimeProvider time, IOptions<MessagingOptions> options, ILogger<Retention<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private const int RowsAStep = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await DeleteOldAsync(InboxTable.DeleteOldAsync, stoppingToken);
                await DeleteOldAsync(InboxTable.DeleteOldForeignAsync, stoppingToken);
                await DeleteOldAsync(DeadLetterTable.DeleteResolvedAsync, stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteOldAsync(
        Func<DbContext, DateTimeOffset, int, CancellationToken, Task<int>> delete, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Consumer.InboxRetention;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        while (await delete(database, before, RowsAStep, cancellationToken) >= RowsAStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "The inbox and the dead letters could not be trimmed; trying again in an hour.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
