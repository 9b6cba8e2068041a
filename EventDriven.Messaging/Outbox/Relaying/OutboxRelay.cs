using System.Data;
using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Outbox.Writing;
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
/// Opens the session that owns buckets, lets its pump run and backs off when it fails. Rows leave the table only after the broker has
/// acknowledged them, so an outage of the broker stops nothing but the pump, and a crash sends some events twice, never none.
/// </summary>
internal sealed partial class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    IProducer<byte[], byte[]> producer,
    PublishedEvents published,
    OutboxSignal signal,
    MessagingMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<OutboxRelay<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunSessionAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (Failure.IsOfServer(exception))
            {
                Log.SessionFailed(logger, exception, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception exception)
            {
                // A defect. Without its relay the service would take orders and announce none.
                Log.Broken(logger, exception);
                lifetime.StopApplication();
                throw;
            }
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        await using var session = await OutboxSession.OpenAsync<TContext>(scopes, cancellationToken);
        try
        {
            await RunAsync(session, cancellationToken);
        }
        catch (InvalidOperationException exception) when (session.FullState is not ConnectionState.Open)
        {
            // What is asked of a connection after it was lost looks like a defect of whoever asks.
            throw new NpgsqlException("The relay has lost its connection.", exception);
        }
    }

    private async Task RunAsync(NpgsqlConnection session, CancellationToken cancellationToken)
    {
        var table = new OutboxTable(session, published.Source);
        var buckets = new OutboxBuckets(session);
        await table.PrepareAsync(cancellationToken);
        await buckets.JoinAsync(cancellationToken);
        var answers = new OutboxAnswers(signal);
        await new OutboxPump(table, buckets, new OutboxSender(producer, answers), answers, signal, metrics, time, options.Value.Outbox, logger)
            .RunAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "The outbox can't be relayed; trying again in {Delay}. Events wait in the outbox.")]
        public static partial void SessionFailed(ILogger logger, Exception exception, TimeSpan delay);

        [LoggerMessage(102, LogLevel.Critical, "The relay of the outbox can't go on: the service stops, so that a new process takes over. No event is lost.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
