using Analytics.Worker.Database;
using EventDriven.Contracts;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Analytics.Worker.Journeys;

/// <summary>
/// Deletes old receipts, at start and once an hour, in small steps. It keeps them as long as their topic does: there is one for each event
/// and group, and a rebuild finds no older ones.
/// </summary>
internal sealed partial class ReceiptRetention(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<ReceiptRetention> logger) : BackgroundService
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
                await DeleteOldAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                Log.Failed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Topics.Receipts.Retention;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>();
        while (await DeleteOldAsync(database, before, cancellationToken) == RowsAStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static Task<int> DeleteOldAsync(AnalyticsDbContext database, DateTimeOffset before, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM receipts WHERE (identity, "group") IN
                (SELECT identity, "group" FROM receipts WHERE time < {before} ORDER BY time LIMIT {RowsAStep})
            """,
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1_000, LogLevel.Warning, "Old receipts could not be deleted. The next attempt is in an hour.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
