using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage;
using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Checks before the service serves that its database has what messaging needs: without the outbox's trigger the order of events is lost, and the first sign
/// of it would be a violated key. A database that is away keeps nobody from starting; then it is checked when it answers.
/// </summary>
internal sealed partial class TablesCheck<TContext>(
    IServiceScopeFactory scopes,
    IEnumerable<ConsumerGroup> groups,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TablesCheck<TContext>> logger,
    PublishedEvents? published = null) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private bool _isChecked;

    /// <exception cref="InvalidOperationException">Something is missing: the message says what to write.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryFindAsync(cancellationToken) is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_isChecked)
        {
            await Task.Delay(RetryDelay, time, stoppingToken);
            if (await TryFindAsync(stoppingToken) is { } missing)
            {
                Log.Missing(logger, missing);
                lifetime.StopApplication();
                throw new InvalidOperationException(missing);
            }
        }
    }

    private async Task<string?> TryFindAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await using var open = await OpenConnection.OfAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);
            var missing = await MissingTables.FindAsync(
                open.Npgsql, published is not null, groups.Any(), groups.Any(group => group.OffsetsInDatabase), cancellationToken);
            _isChecked = true;
            return missing;
        }
        catch (Exception exception) when (ServerFailure.Is(exception))
        {
            Log.Waiting(logger, exception.Message, RetryDelay);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Warning, "The tables of messaging can't be checked yet ({Reason}); trying again in {Delay}.")]
        public static partial void Waiting(ILogger logger, string reason, TimeSpan delay);

        [LoggerMessage(141, LogLevel.Critical, "{Missing} Stopping.")]
        public static partial void Missing(ILogger logger, string missing);
    }
}
