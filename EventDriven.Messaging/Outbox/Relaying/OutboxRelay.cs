using System.Data;
using Confluent.Kafka;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Kafka;
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
/// Opens the session that owns buckets, runs the pump on it and backs off when it fails. A row is deleted only after the broker has
/// acknowledged it: an outage of the broker stops only the pump, and a crash may send some events twice but loses none.
/// </summary>
internal sealed partial class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    [FromKeyedServices(OutboxProducer.Key)] IProducer<byte[], byte[]> producer,
    PublishedEvents published,
    OutboxSignal signal,
    BrokerRefusals refusals,
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
                // A defect. Without its relay, the service would accept requests and publish none of their events.
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
            // Using a lost connection throws an exception that looks like a defect of the caller.
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
        var sender = new OutboxSender(producer, published.Schemas, answers, refusals);
        await new OutboxPump(table, buckets, sender, answers, signal, metrics, time, options.Value.Outbox, logger)
            .RunAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "Relay of the outbox failed and starts again in {Delay}. Events wait in the outbox.")]
        public static partial void SessionFailed(ILogger logger, Exception exception, TimeSpan delay);

        [LoggerMessage(102, LogLevel.Critical, "Relay of the outbox can't go on. The service stops, so that a new process takes "
            + "over. No event is lost.")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
