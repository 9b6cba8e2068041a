using Analytics.Worker.Database;
using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Journeys;

/// <summary>
/// Records the outcomes of events in their groups, in one round trip. <see cref="ReceiptOutcome"/> says which of several receipts wins.
/// Receipts that can't be stored are left out and counted.
/// </summary>
internal sealed class RecordReceipts(AnalyticsDbContext database, MessagingMetrics metrics) : IEventBatchHandler<EventsHandled>
{
    public Task HandleAsync(IReadOnlyList<EventContext<EventsHandled>> contexts, CancellationToken cancellationToken)
    {
        foreach (var told in contexts.GroupBy(
            c => c.Data.Group, c => c.Data.Receipts.Count(receipt => !receipt.IsFit()), StringComparer.Ordinal))
        {
            metrics.ReceiptsDropped(told.Key, told.Sum());
        }

        var receipts = contexts.SelectMany(
            c => c.Data.Receipts.Where(receipt => receipt.IsFit()), (context, receipt) => (context.Data.Group, Receipt: receipt)).ToArray();
        var outcomes = Array.ConvertAll(
            receipts, r => Enum.TryParse<ReceiptOutcome>(r.Receipt.Outcome, ignoreCase: true, out var known) ? (int)known : 0);

        // An unknown outcome is ignored, like an unknown event type.
        return database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO receipts (identity, event_id, "group", key, topic, type, event_time, outcome, attempts, milliseconds, time)
            SELECT DISTINCT ON (identity, "group") * FROM unnest(
                {Array.ConvertAll(receipts, r => Identity(r.Receipt))},
                {Array.ConvertAll(receipts, r => r.Receipt.EventId)},
                {Array.ConvertAll(receipts, r => r.Group)},
                {Array.ConvertAll(receipts, r => r.Receipt.Key)},
                {Array.ConvertAll(receipts, r => r.Receipt.Topic)},
                {Array.ConvertAll(receipts, r => r.Receipt.Type)},
                {Array.ConvertAll(receipts, r => r.Receipt.EventTime.ToUniversalTime())},
                {outcomes},
                {Array.ConvertAll(receipts, r => r.Receipt.Attempts)},
                {Array.ConvertAll(receipts, r => r.Receipt.Milliseconds)},
                {Array.ConvertAll(receipts, r => r.Receipt.Time.ToUniversalTime())})
                AS told (identity, event_id, "group", key, topic, type, event_time, outcome, attempts, milliseconds, time)
            WHERE outcome > 0
            ORDER BY identity, "group", outcome DESC,
                CASE WHEN outcome < {(int)ReceiptOutcome.Duplicate} THEN time END DESC, time
            ON CONFLICT (identity, "group") DO UPDATE
            SET outcome = excluded.outcome, attempts = excluded.attempts, milliseconds = excluded.milliseconds, time = excluded.time
            WHERE excluded.outcome > receipts.outcome OR (excluded.outcome = receipts.outcome
                AND CASE WHEN excluded.outcome < {(int)ReceiptOutcome.Duplicate} THEN excluded.time > receipts.time
                    ELSE excluded.time < receipts.time END)
            """,
            cancellationToken);
    }

    // A receipt of an earlier version has no identity, and its id is a UUID.
    private static Guid Identity(HandledEvent receipt) =>
        receipt.Identity ?? (Guid.TryParse(receipt.EventId, out var id) ? id : EventIdentity.Of("", receipt.EventId));
}
