using System.Diagnostics;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Idempotency;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Consumer;

/// <summary>
/// Makes one attempt at one event and says what follows: it is done, or when to try again. A failed or unreadable event is tried again for
/// ever, in its own lane: nothing is passed over silently.
/// </summary>
internal sealed partial class EventProcessor<TContext>(
    ConsumerGroup group,
    EventTransaction<TContext> transaction,
    RedisLeases leases,
    MessagingMetrics metrics,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger logger)
    where TContext : DbContext
{
    private static readonly TimeSpan FirstHeldDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxHeldDelay = TimeSpan.FromSeconds(1);

    /// <summary>Makes an attempt. Null when the event is finished, or its partition is no longer ours; else the wait until the next.</summary>
    public async Task<TimeSpan?> AttemptAsync(PendingEvent item, int turn)
    {
        if (!item.Progress.TryEnter())
        {
            return null;
        }

        try
        {
            var outcome = await ApplyAsync(item, item.Failures + 1);
            if (outcome is Outcome.Handled or Outcome.Duplicate or Outcome.Ignored)
            {
                item.Progress.Finish(item.Record.Offset.Value);
                return null;
            }

            // Waiting for another's lease is no failure: it neither lengthens the back-off nor counts as an attempt.
            return outcome is Outcome.Held
                ? Delay(turn - item.Failures, FirstHeldDelay, MaxHeldDelay)
                : Delay(++item.Failures, TimeSpan.FromMilliseconds(options.Value.FirstRetryDelayMs), TimeSpan.FromMilliseconds(options.Value.MaxRetryDelayMs));
        }
        catch (OperationCanceledException) when (item.Progress.Aborted.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            item.Progress.Leave();
        }
    }

    private static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan longest) =>
        RetryDelay.After(attempt, first, longest, Random.Shared.NextDouble());

    private async Task<Outcome> ApplyAsync(PendingEvent item, int attempt)
    {
        var record = item.Record;
        var delivery = new Delivery(group.Name, record.Topic, record.Partition.Value, record.Offset.Value, attempt);
        if (attempt > 1)
        {
            metrics.Retried(group.Name, record.Topic);
        }

        EventEnvelope envelope;
        try
        {
            envelope = KafkaBinding.Read(record.Message);
        }
        catch (UnreadableEventException exception)
        {
            Log.Unreadable(logger, exception, delivery.Topic, delivery.Partition, delivery.Offset, attempt);
            metrics.Consumed(group.Name, record.Topic, "unreadable", Outcome.Unreadable, TimeSpan.Zero, TimeSpan.Zero);
            return Outcome.Unreadable;
        }

        if (!group.Bindings.TryGetValue(envelope.Type, out var binding))
        {
            metrics.Consumed(group.Name, record.Topic, "unbound", Outcome.Ignored, TimeSpan.Zero, TimeSpan.Zero);
            return Outcome.Ignored;
        }

        return await ApplyAsync(binding, envelope, delivery, record.Message.Value, item.Progress.Aborted);
    }

    private async Task<Outcome> ApplyAsync(
        EventBinding binding, EventEnvelope envelope, Delivery delivery, byte[] data, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var context = new CorrelationContext(envelope.CorrelationId, envelope.Id.ToString());
        CorrelationContext.Current = context;
        using var scope = logger.BeginScope(new CorrelationScope(context));
        using var activity = MessagingActivity.StartProcess(delivery, envelope);
        var outcome = Outcome.Failed;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(TimeSpan.FromMilliseconds(options.Value.HandlerTimeoutMs));
        try
        {
            outcome = await ApplyOnceAsync(binding, envelope, delivery, data, bounded.Token);
            Log.Applied(logger, envelope.Type, envelope.Id, delivery.Topic, delivery.Partition, delivery.Offset, outcome);
        }
        catch (UnreadableEventException exception)
        {
            outcome = Outcome.Unreadable;
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message).SetTag("error.type", exception.GetType().FullName);
            Log.Unreadable(logger, exception, delivery.Topic, delivery.Partition, delivery.Offset, delivery.Attempt);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            Log.Failed(logger, exception, envelope.Type, envelope.Id, delivery.Topic, delivery.Partition, delivery.Offset, delivery.Attempt);
        }

        activity?.SetTag("event.outcome", outcome.Name());
        metrics.Consumed(group.Name, delivery.Topic, envelope.Type, outcome, time.GetElapsedTime(started), time.GetUtcNow() - envelope.Time);
        return outcome;
    }

    private async Task<Outcome> ApplyOnceAsync(
        EventBinding binding, EventEnvelope envelope, Delivery delivery, byte[] data, CancellationToken cancellationToken)
    {
        // Where the offset stands in the database, it decides alone: a mark in Redis would outlive a database that was set back.
        var lease = group.OffsetsInDatabase ? Lease.Unknown : await leases.AcquireAsync(group.Name, envelope.Id);
        if (lease.State is LeaseState.Done)
        {
            return Outcome.Duplicate;
        }

        if (lease.State is LeaseState.HeldByAnother)
        {
            return Outcome.Held;
        }

        try
        {
            var applied = await transaction.ApplyAsync(binding, envelope, delivery, data, cancellationToken);
            await leases.CompleteAsync(group.Name, envelope.Id, lease);
            return applied ? Outcome.Handled : Outcome.Duplicate;
        }
        catch
        {
            await leases.ReleaseAsync(group.Name, envelope.Id, lease);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "{Type} {EventId} at {Topic}[{Partition}]@{Offset} failed in attempt {Attempt}; its key waits, other keys go on.")]
        public static partial void Failed(
            ILogger logger, Exception exception, string type, Guid eventId, string topic, int partition, long offset, int attempt);

        // For following one event; a line each is too much for every day.
        [LoggerMessage(302, LogLevel.Debug, "{Type} {EventId} at {Topic}[{Partition}]@{Offset}: {Outcome}")]
        public static partial void Applied(ILogger logger, string type, Guid eventId, string topic, int partition, long offset, Outcome outcome);

        [LoggerMessage(301, LogLevel.Error, "The record at {Topic}[{Partition}]@{Offset} can't be read (attempt {Attempt}); it is kept, and its key waits.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string topic, int partition, long offset, int attempt);
    }
}
