using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>
/// Applies events together in transactions that are all rolled back. When a transaction fails, its halves are
/// tried until the failing events are found.
/// </summary>
/// <param name="reader">Finds an event's handler.</param>
/// <param name="transaction">Applies events.</param>
/// <param name="report">Adds up the results.</param>
/// <param name="discarded">Records that operators have discarded, which are always left out.</param>
/// <param name="knowsInbox">Whether events that the inbox knows are left out, as in a replay without --allow-effects.</param>
/// <param name="announces">Whether the service has an outbox.</param>
/// <param name="options">How long handlers may take.</param>
/// <param name="time">Waits.</param>
internal sealed class RehearsalRun<TContext>(
    EventReader reader,
    EventTransaction<TContext> transaction,
    RehearsalReport report,
    IReadOnlySet<TopicPartitionOffset> discarded,
    bool knowsInbox,
    bool announces,
    MessagingOptions options,
    TimeProvider time)
    where TContext : DbContext
{
    /// <summary>Few, because the service waits for the rows that they lock.</summary>
    public const int EventsATransaction = 100;

    // Shorter than PostgreSQL's deadlock_timeout (1 s), so that the rehearsal gives way and not the service.
    private const string LockTimeout = "500ms";
    private const int LockAttempts = 20;
    private static readonly TimeSpan LockWait = TimeSpan.FromMilliseconds(200);

    /// <summary>Rehearses records in their order.</summary>
    public async Task RunAsync(IReadOnlyList<ConsumeResult<byte[], byte[]>> records, CancellationToken cancellationToken)
    {
        report.Records += records.Count;
        var events = new List<EventAttempt>(records.Count);
        var ids = new HashSet<Guid>(records.Count);
        foreach (var record in records.Select(SourceRecord.Of))
        {
            if (discarded.Contains(record.Position))
            {
                report.Discarded++;
                continue;
            }

            try
            {
                if (await reader.ReadAsync(record, failures: 0, cancellationToken) is { } attempt && ids.Add(attempt.Fingerprint.Identity))
                {
                    events.Add(attempt);
                }
                else
                {
                    report.PassedOver++;
                }
            }
            catch (UnreadableEventException) when (reader.IsHearsay(record.Topic))
            {
                report.PassedOver++;
            }
            catch (UnreadableEventException exception)
            {
                report.Failed(record, "unreadable record", exception);
            }
        }

        await RunAsync(events, cancellationToken);
    }

    private async Task RunAsync(List<EventAttempt> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await TransactionAsync(events, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && !Failure.IsOutage(exception)
            && exception is not OperationFailedException)
        {
            if (events is [var dropped] && reader.IsHearsay(dropped.Delivery.Topic))
            {
                report.PassedOver++;
                return;
            }

            if (events is [var only])
            {
                report.Failed(only.Source, $"{only.Envelope.Type} {only.Id}", exception);
                return;
            }

            var half = events.Count / 2;
            await RunAsync([.. events.Take(half)], cancellationToken);
            await RunAsync([.. events.Skip(half)], cancellationToken);
        }
    }

    private async Task TransactionAsync(List<EventAttempt> events, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryTransactionAsync(events, cancellationToken);
                return;
            }
            catch (Exception exception) when (IsLocked(exception) && attempt < LockAttempts)
            {
                await Task.Delay(LockWait, time, cancellationToken);
            }
            catch (Exception exception) when (IsLocked(exception))
            {
                throw new OperationFailedException(
                    "The service holds locks on rows that the rehearsal needs. Nothing was changed. Try again.",
                    ExitCode.Refused,
                    exception);
            }
        }
    }

    private async Task TryTransactionAsync(List<EventAttempt> events, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // The time that the service gives them, too.
        bound.CancelAfter(options.Consumer.TimeoutOf(events.Count));
        Dictionary<string, RowChanges> before = [];
        await transaction.RehearseAsync(
            events,
            knowsInbox,
            async database =>
            {
                await database.Database.ExecuteSqlRawAsync($"SET LOCAL lock_timeout = '{LockTimeout}'", bound.Token);
                before = await TransactionChanges.RowsAsync(database, bound.Token);
            },
            async (database, applied) =>
            {
                var after = await TransactionChanges.RowsAsync(database, bound.Token);
                var announced = announces ? await TransactionChanges.AnnouncedAsync(database, bound.Token) : [];
                report.Changed(before, after);
                report.Announced(announced);
                report.Applied += applied.Count;
                report.Recognised += events.Count - applied.Count;
            },
            bound.Token);
    }

    private static bool IsLocked(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } => true,
        _ => IsLocked(exception.InnerException),
    };
}
