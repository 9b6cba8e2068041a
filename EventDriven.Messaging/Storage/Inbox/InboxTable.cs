using System.Buffers.Binary;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Storage.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventDriven.Messaging.Storage.Inbox;

/// <summary>The truth about what a group has applied: a row in the effect's own transaction (law L6).</summary>
internal static class InboxTable
{
    // Condition of the index that finds old rows whose identities don't tell their time, by which PostgreSQL recognises it.
    private const string IsForeign = "get_byte(uuid_send(identity), 6) >> 4 <> 7";

    /// <summary>
    /// Inserts the events' rows, in one statement, and says which were not applied before. While another transaction is about to insert one
    /// of the rows, this waits for its end; as all do so in the order of the identities, they can't wait for one another.
    /// </summary>
    /// <param name="database">Has a transaction.</param>
    /// <param name="consumer">Whose inbox it is.</param>
    /// <param name="events">Each identity once.</param>
    /// <param name="handledAt">Dates the rows.</param>
    /// <param name="mayBeKnown">
    /// False when none of them should have been applied before. That costs half as much: PostgreSQL needn't insert each row in two steps.
    /// Should one be there after all, this throws (<see cref="IsKnown"/>), and the transaction has to begin anew.
    /// </param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public static async Task<InboxAnswer> InsertAsync(
        DbContext database,
        ConsumerIdentity consumer,
        IReadOnlyList<EventFingerprint> events,
        DateTimeOffset handledAt,
        bool mayBeKnown,
        CancellationToken cancellationToken)
    {
        var sorted = events.ToArray();
        Array.Sort(sorted, static (one, other) => one.Identity.CompareTo(other.Identity));
        var identities = Array.ConvertAll(sorted, e => e.Identity);
        await using var insert = new NpgsqlCommand(
            $"""
            INSERT INTO {consumer.Schema}.inbox ("group", identity, content, major, handled_at)
            SELECT $1, identity, content, major, $2 FROM unnest($3, $4, $5) AS event (identity, content, major)
            {(mayBeKnown ? "ON CONFLICT DO NOTHING" : "")}
            """,
            (NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction())
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = consumer.Group },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = handledAt },
                new NpgsqlParameter<Guid[]> { TypedValue = identities },
                new NpgsqlParameter<long[]> { TypedValue = Array.ConvertAll(sorted, e => e.Content) },
                new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(sorted, e => e.Major) },
            },
        };
        return await insert.ExecuteNonQueryAsync(cancellationToken) == events.Count
            ? InboxAnswer.AllFresh
            : await CompareAsync(database, consumer, events, identities, cancellationToken);
    }

    /// <summary>Whether a row was there that should not have been.</summary>
    public static bool IsKnown(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "inbox" };

    /// <summary>
    /// Deletes rows that are older than a redelivery can be; at most <paramref name="atMost"/>, and says how many. They are
    /// found by their identities, which begin with a time (UUIDv7, RFC 9562) before the one at which they were handled: an
    /// index of the latter would cost every event.
    /// </summary>
    public static Task<int> DeleteOldAsync(DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE groups AS (
                (SELECT "group" FROM messaging.inbox ORDER BY "group" LIMIT 1)
                UNION ALL
                SELECT (SELECT "group" FROM messaging.inbox WHERE "group" > groups."group" ORDER BY "group" LIMIT 1) FROM groups
                    WHERE "group" IS NOT NULL)
            DELETE FROM messaging.inbox WHERE ("group", identity) IN
                (SELECT inbox."group", identity FROM groups JOIN messaging.inbox ON inbox."group" = groups."group"
                WHERE identity < {First(before)} AND handled_at < {before} LIMIT {atMost})
            """,
            cancellationToken);

    /// <summary>
    /// The same for identities without a time, because another system's producer gave ids without one; they have an index.
    /// </summary>
    public static Task<int> DeleteOldForeignAsync(
        DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlRawAsync(
            $$"""
            DELETE FROM messaging.inbox WHERE ("group", identity) IN
                (SELECT "group", identity FROM messaging.inbox WHERE {{IsForeign}} AND handled_at < {0} ORDER BY handled_at LIMIT {1})
            """,
            [before, atMost],
            cancellationToken);

    // Seldom: which of the rows are this transaction's, and what did the others say?
    private static async Task<InboxAnswer> CompareAsync(
        DbContext database,
        ConsumerIdentity consumer,
        IReadOnlyList<EventFingerprint> events,
        Guid[] identities,
        CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(
            $"""
            SELECT identity, content, major, xmin = pg_current_xact_id()::xid FROM {consumer.Schema}.inbox
            WHERE "group" = $1 AND identity = ANY ($2)
            """,
            (NpgsqlConnection)database.Database.GetDbConnection(),
            (NpgsqlTransaction?)database.Database.CurrentTransaction?.GetDbTransaction())
        {
            Parameters = { new() { Value = consumer.Group }, new() { Value = identities } },
        };
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var known = identities.ToHashSet();
        var said = new Dictionary<Guid, EventFingerprint>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var identity = reader.GetGuid(0);
            if (reader.GetBoolean(3))
            {
                known.Remove(identity);
            }
            else if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                said.Add(identity, new EventFingerprint(identity, reader.GetInt64(1), reader.GetInt16(2)));
            }
        }

        var altered = events.Where(e => said.TryGetValue(e.Identity, out var applied) && e.Contradicts(applied)).Select(e => e.Identity);
        return new InboxAnswer(known, altered.ToHashSet());
    }

    private static Guid First(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
