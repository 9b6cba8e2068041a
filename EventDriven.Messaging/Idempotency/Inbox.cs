using System.Buffers.Binary;
using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventDriven.Messaging.Idempotency;

/// <summary>The truth about what a group has applied: a row in the effect's own transaction (law L6).</summary>
internal static class Inbox
{
    /// <summary>Name of the table.</summary>
    public const string Table = "inbox";

    /// <summary>Condition of the index that finds old rows whose ids don't tell their time, by which PostgreSQL recognises it.</summary>
    public const string IsForeign = "get_byte(uuid_send(event_id), 6) >> 4 <> 7";

    private const string Insert = """INSERT INTO inbox ("group", event_id, handled_at) SELECT $1, id, $2 FROM unnest($3) AS id""";

    /// <summary>
    /// Inserts the events' rows, in one statement, and returns those that were not applied before. While another transaction is about to insert
    /// one of the rows, this waits for its end; as all do so in the order of the ids, they can't wait for one another.
    /// </summary>
    /// <param name="database">Has a transaction.</param>
    /// <param name="events">Of one group; each id once.</param>
    /// <param name="handledAt">Dates the rows.</param>
    /// <param name="mayBeKnown">
    /// False when none of them should have been applied before. That costs half as much: PostgreSQL needn't insert each row in two steps. Should one be
    /// there after all, this throws (<see cref="IsKnown"/>), and the transaction has to begin anew.
    /// </param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public static async Task<IReadOnlyList<EventAttempt>> InsertAsync(
        DbContext database, IReadOnlyList<EventAttempt> events, DateTimeOffset handledAt, bool mayBeKnown, CancellationToken cancellationToken)
    {
        var group = events[0].Delivery.Group;
        var ids = events.Select(e => e.Envelope.Id).ToArray();
        Array.Sort(ids);
        await using var insert = new NpgsqlCommand(
            mayBeKnown ? Insert + " ON CONFLICT DO NOTHING" : Insert,
            (NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction())
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = group },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = handledAt },
                new NpgsqlParameter<Guid[]> { TypedValue = ids },
            },
        };
        if (await insert.ExecuteNonQueryAsync(cancellationToken) == events.Count)
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

    /// <summary>Whether a row was there that should not have been.</summary>
    public static bool IsKnown(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: Table };

    /// <summary>
    /// Deletes rows that are older than a redelivery can be; at most <paramref name="atMost"/>, and says how many. They are found by their ids, which
    /// begin with a time (UUIDv7, RFC 9562) before the one at which they were handled: an index of the latter would cost every event.
    /// </summary>
    public static Task<int> DeleteOldAsync(DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE groups AS (
                (SELECT "group" FROM inbox ORDER BY "group" LIMIT 1)
                UNION ALL
                SELECT (SELECT "group" FROM inbox WHERE "group" > groups."group" ORDER BY "group" LIMIT 1) FROM groups WHERE "group" IS NOT NULL)
            DELETE FROM inbox WHERE ("group", event_id) IN
                (SELECT inbox."group", event_id FROM groups JOIN inbox ON inbox."group" = groups."group"
                WHERE event_id < {FirstId(before)} AND handled_at < {before} LIMIT {atMost})
            """,
            cancellationToken);

    /// <summary>The same for ids without a time, which another system's producer may give; they have an index.</summary>
    public static Task<int> DeleteOldForeignAsync(DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlRawAsync(
            $$"""
            DELETE FROM inbox WHERE ("group", event_id) IN
                (SELECT "group", event_id FROM inbox WHERE {{IsForeign}} AND handled_at < {0} ORDER BY handled_at LIMIT {1})
            """,
            [before, atMost],
            cancellationToken);

    private static Guid FirstId(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
