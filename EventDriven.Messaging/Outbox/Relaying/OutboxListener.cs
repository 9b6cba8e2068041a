using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>Wakes the relay when another process has committed events in a bucket that this relay owns.</summary>
internal sealed partial class OutboxListener<TContext>(
    IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider time, ILogger<OutboxListener<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (Failure.IsOfServer(exception))
            {
                Log.ListenFailed(logger, exception, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OutboxSession.OpenAsync<TContext>(scopes, cancellationToken);
        connection.Notification += (_, _) => signal.Wake();
        await using (var listen = new NpgsqlCommand($"LISTEN {OutboxChannel.Name}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Warning, "Connection for notifications of other relays failed. It is opened again in {Delay}; until "
            + "then, polling finds their events.")]
        public static partial void ListenFailed(ILogger logger, Exception exception, TimeSpan delay);
    }
}
