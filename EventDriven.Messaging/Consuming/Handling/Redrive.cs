using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// Applies the dead letters of a key, oldest first, in the key's own lane: nothing else of the key is handled meanwhile, and what arrives waits in
/// the lane or is stored behind them. When none is left, the key is unparked. A failure parks the key again.
/// </summary>
internal sealed partial class Redrive<TContext>(
    ConsumerGroup group,
    ConsumerIdentity identity,
    EventTransaction<TContext> transaction,
    IServiceScopeFactory scopes,
    GroupCircuitBreakers valves,
    GroupReceipts? receipts,
    MessagingMetrics metrics,
    TimeProvider time,
    IOptions<MessagingOptions> options,
    ILogger logger)
    where TContext : DbContext
{
    private readonly EventReader _reader = new(group, metrics, logger);
    private readonly RetryPolicy _policy = options.Value.Retry;

    /// <summary>Looks at a key's dead letters; <see cref="PendingEvent.Again"/> then says whether to look again.</summary>
    public async Task RunAsync(PendingEvent look)
    {
        try
        {
            while (!look.Dropped.IsCancellationRequested && await ApplyNextAsync(look))
            {
            }
        }
        catch (Exception exception)
        {
            Log.Failed(logger, look.Record.Topic, look.Record.Partition.Value, StoredError.Of(exception));
            BatchAttempt.Hold(look);
            return;
        }

        if (look.Again == TimeSpan.Zero)
        {
            look.Again = null;
        }

        if (look.Again is null)
        {
            look.Progress.Parked.Attended(look.AttendedAs);
        }
    }

    /// <summary>Applies the oldest dead letter of the key; false when the look is over, for now or at all.</summary>
    private async Task<bool> ApplyNextAsync(PendingEvent look)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(look.Progress.Aborted);
        patience.CancelAfter(options.Value.Consumer.HandlerTimeout);
        if (await DeadLetterTable.ReadHeadAsync(database, KeyOf(look), patience.Token) is not { } head)
        {
            if (look.Key is not null)
            {
                look.Progress.Parked.Remove(look.Key);
                Log.Unparked(logger, look.Record.Topic, look.Record.Partition.Value);
            }

            return false;
        }

        if (!head.IsRedriving)
        {
            return false;
        }

        return await ApplyAsync(database, look, head, patience.Token);
    }

    private async Task<bool> ApplyAsync(TContext database, PendingEvent look, DeadLetterHead head, CancellationToken cancellationToken)
    {
        var item = look with { Record = head.Record(look.Progress.Partition), Failures = head.Attempts + look.Failures };
        var started = time.GetTimestamp();
        EventAttempt? attempt = null;
        try
        {
            attempt = _reader.Read(item);
            await ResolveAsync(database, item, attempt, head, started, cancellationToken);
            look.Failures = 0;
            return true;
        }
        catch (Exception) when (look.Progress.Aborted.IsCancellationRequested)
        {
            // The partition is lost; its new owner goes on.
            return false;
        }
        catch (Exception exception)
        {
            attempt?.Activity.Failed(exception);
            if (DatabaseOutage.Is(exception))
            {
                Log.DatabaseAway(logger, exception, group.Name);
                BatchAttempt.Hold(look);
                return false;
            }

            await FailAsync(database, look, item, attempt, head, exception, time.GetElapsedTime(started));
            return false;
        }
        finally
        {
            attempt?.Activity?.Dispose();
        }
    }

    private async Task ResolveAsync(
        TContext database, PendingEvent item, EventAttempt? attempt, DeadLetterHead head, long started, CancellationToken cancellationToken)
    {
        if (attempt is null)
        {
            if (await DeadLetterTable.TryResolveAsync(database, head.Id, group.Name, time.GetUtcNow(), cancellationToken))
            {
                metrics.Consumed(group.Name, item.Record.Topic, "unbound", Outcome.Ignored, TimeSpan.Zero, TimeSpan.Zero);
            }

            return;
        }

        attempt.Activity = MessagingActivity.StartProcess(attempt.Delivery, attempt.Envelope, 1);
        if (await transaction.RedriveAsync(attempt, head.Id, cancellationToken))
        {
            var took = time.GetElapsedTime(started);
            valves.Handled([attempt]);
            attempt.Activity?.SetTag("event.outcome", Outcome.Redriven.Name());
            metrics.Consumed(group.Name, item.Record.Topic, attempt.Envelope.Type, Outcome.Redriven, took, TimeSpan.Zero);
            receipts?.Add(attempt, ReceiptOutcome.Redriven, took);
        }
    }

    private async Task FailAsync(
        TContext database, PendingEvent look, PendingEvent item, EventAttempt? attempt, DeadLetterHead head, Exception exception, TimeSpan took)
    {
        var reason = StoredNames.ReasonOf(exception);
        var outcome = reason == DeadLetterReason.Unreadable ? Outcome.Unreadable : Outcome.Failed;
        metrics.Consumed(group.Name, item.Record.Topic, attempt?.Envelope.Type ?? outcome.Name(), outcome, took, TimeSpan.Zero);
        if (attempt is not null)
        {
            attempt.Activity?.SetTag("event.outcome", outcome.Name());
            receipts?.Add(attempt, ReceiptOutcome.Failed, took);
        }

        var policy = attempt?.Binding.Retry ?? _policy;
        BatchAttempt.Fail(look, policy, time.GetUtcNow());
        Log.NotApplied(logger, look.Record.Topic, look.Record.Partition.Value, head.Offset, look.Failures, StoredError.Of(exception));
        if (reason != DeadLetterReason.Failed || PermanentDatabaseError.Is(exception) || policy.IsPermanent(exception) || look.Failures >= policy.Attempts)
        {
            await DeadLetterTable.ParkAgainAsync(
                database, KeyOf(look), head.Id, look.Failures, reason, StoredError.Of(exception), time.GetUtcNow(), CancellationToken.None);
            metrics.DeadLettered(group.Name, look.Record.Topic, reason.Stored());
            receipts?.Add(new DeadLetterEntry(item with { Failures = head.Attempts + look.Failures }, reason));
            look.Again = null;
        }
    }

    private DeadLetterKey KeyOf(PendingEvent look) =>
        new(group.Name, identity.Cluster, look.Record.Topic, look.Record.Partition.Value, look.Key, look.Record.Offset.Value);

    private static partial class Log
    {
        [LoggerMessage(350, LogLevel.Warning, "The dead letters of a key of {Topic}[{Partition}] can't be looked at; trying again. {Error}")]
        public static partial void Failed(ILogger logger, string topic, int partition, StoredError error);

        [LoggerMessage(351, LogLevel.Information, "A key of {Topic}[{Partition}] has no dead letters any more; its events are handled again.")]
        public static partial void Unparked(ILogger logger, string topic, int partition);

        [LoggerMessage(353, LogLevel.Warning, "The database of group {Group} does not answer; its redrive waits, and no attempt is counted.")]
        public static partial void DatabaseAway(ILogger logger, Exception exception, string group);

        [LoggerMessage(352, LogLevel.Warning, "The dead letter of {Topic}[{Partition}]@{Offset} failed again (attempt {Attempt} of this redrive). {Error}")]
        public static partial void NotApplied(ILogger logger, string topic, int partition, long offset, int attempt, StoredError error);
    }
}
