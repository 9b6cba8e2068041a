using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Applies the dead letters of a key, oldest first, in the key's own lane: nothing else of the key is handled meanwhile, and what arrives
/// waits in the lane or is stored after them. When none is left, the key is unparked. A failure parks the key again.
/// </summary>
internal sealed partial class Redrive<TContext>(
    ConsumerGroup group,
    ConsumerIdentity identity,
    EventTransaction<TContext> transaction,
    IServiceScopeFactory scopes,
    GroupCircuitBreakers breakers,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    TimeProvider time,
    MessagingOptions options,
    ILogger logger)
    where TContext : DbContext
{
    private static readonly AttemptResult Inspected = AttemptResult.Finished(AttemptOutcome.Inspected);

    private readonly EventReader _reader = new(group, metrics, logger);

    /// <summary>Inspects a key's dead letters and applies those that an operator asked for.</summary>
    public async Task<AttemptResult> RunAsync(KeyInspection inspection)
    {
        if (!inspection.Progress.TryEnter())
        {
            return AttemptResult.Finished(AttemptOutcome.LeftToOthers);
        }

        try
        {
            var result = await ApplyAllAsync(inspection);
            if (result.IsFinished)
            {
                inspection.Progress.Parked.Inspected(inspection.Name);
            }

            return result;
        }
        catch (Exception exception)
        {
            var partition = inspection.Progress.Partition;
            Log.Failed(logger, partition.Topic, partition.Partition.Value, StoredError.Of(exception));
            return inspection.History.Waited(alone: true);
        }
        finally
        {
            inspection.Progress.Leave();
        }
    }

    private async Task<AttemptResult> ApplyAllAsync(KeyInspection inspection)
    {
        while (!inspection.Dropped.IsCancellationRequested)
        {
            if (await ApplyNextAsync(inspection) is { } result)
            {
                return result;
            }
        }

        return AttemptResult.Finished(AttemptOutcome.LeftToOthers);
    }

    /// <summary>Applies the oldest dead letter of the key; null when the next one may follow.</summary>
    private async Task<AttemptResult?> ApplyNextAsync(KeyInspection inspection)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(inspection.Progress.Aborted);
        timeout.CancelAfter(options.Consumer.HandlerTimeout);
        if (await DeadLetterTable.ReadHeadAsync(database, KeyOf(inspection), timeout.Token) is not { } head)
        {
            Unpark(inspection);
            return Inspected;
        }

        return head.IsRedriving ? await ApplyAsync(database, inspection, head, timeout.Token) : Inspected;
    }

    private void Unpark(KeyInspection inspection)
    {
        if (inspection.Key is not null)
        {
            var partition = inspection.Progress.Partition;
            inspection.Progress.Parked.Remove(inspection.Key);
            Log.Unparked(logger, partition.Topic, partition.Partition.Value);
        }
    }

    private async Task<AttemptResult?> ApplyAsync(
        TContext database, KeyInspection inspection, DeadLetterHead head, CancellationToken cancellationToken)
    {
        var partition = inspection.Progress.Partition;
        var record = new SourceRecord(partition.Topic, partition.Partition.Value, head.Offset, inspection.Key, head.Message());
        var started = time.GetTimestamp();
        EventAttempt? attempt = null;
        try
        {
            attempt = await _reader.ReadAsync(record, head.Attempts + inspection.Failures, cancellationToken);
            await ResolveAsync(database, record, attempt, head, started, cancellationToken);
            inspection.History.Succeeded();
            return null;
        }
        catch (Exception) when (inspection.Progress.Aborted.IsCancellationRequested)
        {
            // The partition is lost; its new owner goes on.
            return AttemptResult.Finished(AttemptOutcome.LeftToOthers);
        }
        catch (Exception exception)
        {
            attempt?.Activity.Failed(exception);
            if (Failure.IsOutage(exception))
            {
                Log.ServerAway(logger, exception, group.Name);
                return inspection.History.Waited(alone: true);
            }

            return await FailAsync(database, inspection, record, attempt, head, exception, time.GetElapsedTime(started));
        }
        finally
        {
            attempt?.Activity?.Dispose();
        }
    }

    private async Task ResolveAsync(
        TContext database,
        SourceRecord record,
        EventAttempt? attempt,
        DeadLetterHead head,
        long started,
        CancellationToken cancellationToken)
    {
        if (attempt is null)
        {
            if (await DeadLetterTable.TryResolveAsync(database, head.Id, group.Name, time.GetUtcNow(), cancellationToken))
            {
                metrics.Consumed(group.Name, record.Topic, "unbound", Outcome.Ignored, TimeSpan.Zero, TimeSpan.Zero);
            }

            return;
        }

        attempt.Activity = MessagingActivity.StartProcess(attempt.Delivery, attempt.Envelope, 1);
        if (await transaction.RedriveAsync(attempt, head.Id, cancellationToken))
        {
            var took = time.GetElapsedTime(started);
            breakers.Handled([attempt]);
            attempt.Activity?.SetTag("event.outcome", Outcome.Redriven.Name());
            metrics.Consumed(group.Name, record.Topic, attempt.Envelope.Type, Outcome.Redriven, took, TimeSpan.Zero);
            receipts?.Add(attempt, ReceiptOutcome.Redriven, took);
        }
    }

    private async Task<AttemptResult> FailAsync(
        TContext database,
        KeyInspection inspection,
        SourceRecord record,
        EventAttempt? attempt,
        DeadLetterHead head,
        Exception exception,
        TimeSpan took)
    {
        var reason = StoredNames.ReasonOf(exception);
        var outcome = reason == DeadLetterReason.Unreadable ? Outcome.Unreadable : Outcome.Failed;
        metrics.Consumed(group.Name, record.Topic, attempt?.Envelope.Type ?? outcome.Name(), outcome, took, TimeSpan.Zero);
        if (attempt is not null)
        {
            attempt.Activity?.SetTag("event.outcome", outcome.Name());
            receipts?.Add(attempt, ReceiptOutcome.Failed, took);
        }

        var policy = attempt?.Binding.Retry ?? options.Retry;
        var retry = inspection.History.Failed(policy, time.GetUtcNow());
        Log.NotApplied(logger, record.Topic, record.Partition, record.Offset, inspection.Failures, StoredError.Of(exception));
        if (inspection.Failures < policy.Attempts && !policy.IsPermanent(exception) && Failure.KindOf(exception) != FailureKind.Permanent)
        {
            return retry;
        }

        await DeadLetterTable.ParkAgainAsync(
            database,
            KeyOf(inspection),
            head.Id,
            inspection.Failures,
            reason,
            StoredError.Of(exception),
            time.GetUtcNow(),
            CancellationToken.None);
        metrics.DeadLettered(group.Name, record.Topic, reason.Stored());
        receipts?.Add(new DeadLetterEntry(record, reason) { Failures = head.Attempts + inspection.Failures });
        return Inspected;
    }

    private DeadLetterKey KeyOf(KeyInspection inspection) => new(
        group.Name,
        identity.Cluster,
        inspection.Progress.Partition.Topic,
        inspection.Progress.Partition.Partition.Value,
        inspection.Key,
        inspection.Offset);

    private static partial class Log
    {
        [LoggerMessage(350, LogLevel.Warning, "Dead letters of a key of {Topic}[{Partition}] could not be inspected. "
            + "They are inspected again soon. {Error}")]
        public static partial void Failed(ILogger logger, string topic, int partition, StoredError error);

        [LoggerMessage(351, LogLevel.Information, "Key of {Topic}[{Partition}] unparked: "
            + "it has no dead letters any more, and its events are handled again.")]
        public static partial void Unparked(ILogger logger, string topic, int partition);

        [LoggerMessage(353, LogLevel.Warning, "A server that group {Group} needs does not answer. "
            + "Its redrive waits, and no attempt is counted.")]
        public static partial void ServerAway(ILogger logger, Exception exception, string group);

        [LoggerMessage(352, LogLevel.Warning, "Dead letter of {Topic}[{Partition}]@{Offset} failed again (attempt "
            + "{Attempt} of this redrive). {Error}")]
        public static partial void NotApplied(ILogger logger, string topic, int partition, long offset, int attempt, StoredError error);
    }
}
