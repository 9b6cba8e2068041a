using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Idempotency;

/// <summary>The truth about what a group has applied: a row in the effect's own transaction (law L6).</summary>
internal static class Inbox
{
    /// <summary>
    /// Inserts the events' rows, in one statement, and returns those that were not applied before. While another transaction is about to insert
    /// one of the rows, this waits for its end; as all do so in the order of the ids, they can't wait for one another.
    /// </summary>
    /// <param name="database">Has a transaction.</param>
    /// <param name="events">Of one group; each id once.</param>
    /// <param name="handledAt">Dates the rows.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public static async Task<IReadOnlyList<EventAttempt>> InsertAsync(
        DbContext database, IReadOnlyList<EventAttempt> events, DateTimeOffset handledAt, CancellationToken cancellationToken)
    {
        var group = events[0].Delivery.Group;
        var ids = events.Select(e => e.Envelope.Id).Order().ToArray();
        var inserted = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO inbox ("group", event_id, handled_at) SELECT {group}, id, {handledAt} FROM unnest({ids}) AS id
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        if (inserted == events.Count)
        {
            return events;
        }

        // Seldom: which of the rows are this transaction's?
        var fresh = await database.Database.SqlQuery<Guid>(
            $"""
            SELECT event_id AS "Value" FROM inbox
            WHERE "group" = {group} AND event_id = ANY ({ids}) AND xmin = pg_current_xact_id()::xid
            """).ToHashSetAsync(cancellationToken);
        return [.. events.Where(e => fresh.Contains(e.Envelope.Id))];
    }

    /// <summary>Deletes rows that are older than a redelivery can be; at most <paramref name="atMost"/>, and says how many.</summary>
    public static Task<int> DeleteOldAsync(DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM inbox WHERE ("group", event_id) IN
                (SELECT "group", event_id FROM inbox WHERE handled_at < {before} ORDER BY handled_at LIMIT {atMost})
            """,
            cancellationToken);
}
