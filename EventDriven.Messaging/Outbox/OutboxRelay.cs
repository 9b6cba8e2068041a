using Confluent.Kafka;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Outbox;

/// <summary>
/// Owns the timing of the outbox: when to look, when to share buckets, when to back off. Rows leave the table only after the broker has
/// acknowledged them, so an outage of the broker stops nothing but this loop, and a crash sends some events twice, never none.
/// </summary>
internal sealed partial class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    IProducer<byte[], byte[]> producer,
    PublishedEvents published,
    OutboxSignal signal,
    MessagingMetrics metrics,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger<OutboxRelay<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private TimeSpan Poll => TimeSpan.FromMilliseconds(options.Value.OutboxPollMs);

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
            catch (Exception exception) when (exception is NpgsqlException or KafkaException or IOException or InvalidOperationException or TimeoutException)
            {
                Log.SessionFailed(logger, exception, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunSessionAsync(CancellationToken cancellationToken)
    {
        await using var session = await OutboxSession.OpenAsync<TContext>(scopes, cancellationToken);
        var buckets = new OutboxBuckets(session);
        var table = new OutboxTable(session, published.Source);
        var refusals = new OutboxRefusals(time);
        await buckets.JoinAsync(cancellationToken);

        var shared = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (shared == 0 || time.GetElapsedTime(shared) >= Poll)
            {
                await buckets.ShareAsync(cancellationToken);
                shared = time.GetTimestamp();
            }

            if (signal.TakeCommittedHere() && !buckets.OwnsAll)
            {
                await table.NotifyOthersAsync(cancellationToken);
            }

            if (!await RelayAsync(table, buckets, refusals, cancellationToken))
            {
                await signal.WaitAsync(refusals.Wait(Poll), cancellationToken);
            }
        }
    }

    /// <summary>Relays one batch; false when there was nothing to relay.</summary>
    private async Task<bool> RelayAsync(OutboxTable table, OutboxBuckets buckets, OutboxRefusals refusals, CancellationToken cancellationToken)
    {
        var rows = refusals.IsDue ? await table.ReadFirstAsync(buckets.Owned, refusals.Keys, cancellationToken)
            : refusals.IsFlood ? []
            : await table.ReadAsync(buckets.Owned, refusals.Keys, options.Value.OutboxBatchSize, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        var answers = await new OutboxBatch(producer, time).SendAsync(rows, cancellationToken);
        await DeleteAsync(table, answers.Acknowledged);
        refusals.Note(answers);
        if (answers.Failure is { } failure)
        {
            Log.Refused(logger, answers.Refused.Count, failure.Code, failure.Reason);
        }

        return true;
    }

    // Not cancelled by a stop: what is not deleted is sent again. Bounded by the command's own timeout.
    private async Task DeleteAsync(OutboxTable table, List<OutboxRow> acknowledged)
    {
        if (acknowledged.Count == 0)
        {
            return;
        }

        await table.DeleteAsync(acknowledged.ConvertAll(row => row.Sequence), CancellationToken.None);
        foreach (var topic in acknowledged.CountBy(row => row.Topic, StringComparer.Ordinal))
        {
            metrics.Published(topic.Key, topic.Value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "The outbox can't be relayed; trying again in {Delay}. Events wait in the outbox.")]
        public static partial void SessionFailed(ILogger logger, Exception exception, TimeSpan delay);

        [LoggerMessage(101, LogLevel.Error, "The broker refused {Events} event(s) with {Code} ({Reason}); they and later events of their keys stay in the outbox and are tried again.")]
        public static partial void Refused(ILogger logger, int events, ErrorCode code, string reason);
    }
}
