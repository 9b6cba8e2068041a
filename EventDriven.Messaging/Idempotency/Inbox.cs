using Microsoft.EntityFrameworkCore;

namespace EventDriven.Messaging.Idempotency;

/// <summary>The truth about what a group has applied: a row in the effect's own transaction (law L6).</summary>
internal static class Inbox
{
    /// <summary>
    /// Inserts the event's row; false when the event was applied before. While another transaction is about to insert the same row, this waits
    /// for its end.
    /// </summary>
    public static async Task<bool> TryInsertAsync(
        DbContext database, string group, Guid eventId, DateTimeOffset handledAt, CancellationToken cancellationToken) =>
        await database.Database.ExecuteSqlAsync(
            $"""INSERT INTO inbox ("group", event_id, handled_at) VALUES ({group}, {eventId}, {handledAt}) ON CONFLICT DO NOTHING""",
            cancellationToken) == 1;

    /// <summary>Deletes rows that are older than a redelivery can be; at most <paramref name="atMost"/>, and says how many.</summary>
    public static Task<int> DeleteOldAsync(DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM inbox WHERE ("group", event_id) IN
                (SELECT "group", event_id FROM inbox WHERE handled_at < {before} ORDER BY handled_at LIMIT {atMost})
            """,
            cancellationToken);
}
