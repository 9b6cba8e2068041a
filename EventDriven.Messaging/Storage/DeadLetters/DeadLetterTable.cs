using System.Collections.Frozen;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>
/// What the owner of a partition reads and writes of the dead letters; each call is one round trip. Who changes several rows locks them in
/// the <see cref="Order"/> of the log, operators too: then they never wait for one another in a circle.
/// </summary>
internal static class DeadLetterTable
{
    /// <summary>Condition on rows that wait, for an operator or for the owner of their partition.</summary>
    internal const string Unresolved = "state IN ('parked', 'redriving')";

    /// <summary>In which rows are locked.</summary>
    internal const string Order = "\"group\", cluster, topic COLLATE \"C\", partition, \"offset\"";

    // Keys of a group ($1) on a log ($2) of which an event waits because its handler failed.
    private const string FailedKeys =
        $"""
        SELECT DISTINCT topic, partition, key FROM messaging.dead_letters
        WHERE "group" = $1 AND cluster = $2 AND {Unresolved} AND reason = 'failed' AND key IS NOT NULL
        """;

    /// <summary>
    /// Stores records in the transaction of the context. A record that waits already stays as it is, one that was redriven waits
    /// again, and one that was discarded stays so: those are returned, they park nothing.
    /// </summary>
    /// <param name="database">Has a transaction.</param>
    /// <param name="deadLetters">Records of one group and one log.</param>
    /// <param name="cancellationToken">Stops the statements.</param>
    public static async Task<IReadOnlySet<DeadLetter>> InsertAsync(
        DbContext database, IReadOnlyList<DeadLetter> deadLetters, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection(database), Transaction(database));
        var ordered = deadLetters.OrderBy(deadLetter => deadLetter.Topic, StringComparer.Ordinal)
            .ThenBy(deadLetter => deadLetter.Partition)
            .ThenBy(deadLetter => deadLetter.Offset)
            .ToArray();
        foreach (var deadLetter in ordered)
        {
            batch.BatchCommands.Add(Insert(deadLetter));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);

        // Seldom: a replay, or a redelivery after an interruption.
        var known = ordered.Where((_, index) => batch.BatchCommands[index].RecordsAffected == 0).ToArray();
        return known.Length == 0 ? FrozenSet<DeadLetter>.Empty : await DiscardedAsync(database, known, cancellationToken);
    }

    /// <summary>
    /// How many keys of the group are parked on this log by events that failed: what can't be read is its producer's fault, and limits
    /// nothing. Takes a lock until the end of the transaction, so that instances can't pass the limit together.
    /// </summary>
    public static async Task<long> CountFailedKeysAsync(
        DbContext database, string group, string cluster, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(Connection(database), Transaction(database))
        {
            BatchCommands =
            {
                new("SELECT pg_advisory_xact_lock(hashtextextended('dead_letters/' || $1, 0))") { Parameters = { Text(group) } },
                new($"SELECT count(*) FROM ({FailedKeys}) AS keys")
                {
                    Parameters = { Text(group), Text(cluster) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetInt64(0);
    }

    /// <summary>The same by topic, without the lock.</summary>
    public static Dictionary<string, long> FailedKeysByTopic(DbContext database, string group, string cluster)
    {
        using var open = OpenConnection.Of(database);
        using var command = new NpgsqlCommand($"SELECT topic, count(*) FROM ({FailedKeys}) AS keys GROUP BY topic", open.Npgsql)
        {
            Parameters = { Text(group), Text(cluster) },
        };
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (reader.Read())
        {
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return counts;
    }

    /// <summary>
    /// How many keys of each group are parked on the log that it reads, and how many records wait with
    /// them; groups without any are left out.
    /// </summary>
    public static async Task<Dictionary<string, (long Keys, long Records)>> ParkedAsync(
        DbContext database, CancellationToken cancellationToken)
    {
        await using var open = await OpenConnection.OfAsync(database, cancellationToken);
        return await ParkedAsync(open.Npgsql, cancellationToken);
    }

    /// <inheritdoc cref="ParkedAsync(DbContext, CancellationToken)"/>
    public static async Task<Dictionary<string, (long Keys, long Records)>> ParkedAsync(
        NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT "group", count(*), sum(records)::bigint FROM (
                SELECT "group", count(*) AS records FROM messaging.dead_letters JOIN messaging.consumer_groups USING ("group", cluster)
                WHERE {Unresolved} AND key IS NOT NULL GROUP BY "group", topic, partition, key) AS keys
            GROUP BY "group"
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(reader.GetString(0), (reader.GetInt64(1), reader.GetInt64(2)));
        }

        return counts;
    }

    /// <summary>What is unresolved on some partitions: each key once, and records without a key by themselves.</summary>
    public static List<UnresolvedKey> ReadUnresolved(
        DbContext database, string group, string cluster, IReadOnlyCollection<(string Topic, int Partition)> partitions)
    {
        using var open = OpenConnection.Of(database);
        using var command = new NpgsqlCommand(
            $"""
            SELECT topic, partition, key, min("offset"), bool_or(state = 'redriving')
            FROM messaging.dead_letters
            WHERE "group" = $1 AND cluster = $2 AND {Unresolved} AND (topic, partition) IN (SELECT * FROM unnest($3, $4))
            GROUP BY topic, partition, key, CASE WHEN key IS NULL THEN id END
            """,
            open.Npgsql)
        {
            Parameters =
            {
                Text(group), Text(cluster),
                new() { Value = partitions.Select(p => p.Topic).ToArray() },
                new() { Value = partitions.Select(p => p.Partition).ToArray() },
            },
        };
        using var reader = command.ExecuteReader();
        var keys = new List<UnresolvedKey>();
        while (reader.Read())
        {
            keys.Add(new UnresolvedKey(
                reader.GetString(0),
                reader.GetInt32(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetInt64(3),
                reader.GetBoolean(4)));
        }

        return keys;
    }

    /// <summary>
    /// Gives up what an earlier version of the service has stored of partitions that the group reads as hearsay now, on whatever log, and
    /// frees its keys. Not for ever: a rebuild or a replay may apply it.
    /// </summary>
    public static void DiscardHearsay(
        DbContext database, string group, IReadOnlyCollection<(string Topic, int Partition)> partitions, DateTimeOffset now) =>
        database.Database.ExecuteSqlRaw(
            $$"""
            UPDATE messaging.dead_letters SET state = 'discarded', note = 'hearsay: what cannot be applied is dropped', changed_by = {1},
                changed_at = {2}
            WHERE id IN (
                SELECT id FROM messaging.dead_letters
                WHERE "group" = {0} AND {{Unresolved}} AND (topic, partition) IN (SELECT * FROM unnest({3}, {4}))
                ORDER BY {{Order}} FOR UPDATE)
            """,
            group, Group(group), now, partitions.Select(p => p.Topic).ToArray(), partitions.Select(p => p.Partition).ToArray());

    /// <summary>The oldest unresolved record of a key, or the one record without a key at an offset; null when there is none.</summary>
    public static async Task<DeadLetterHead?> ReadHeadAsync(DbContext database, DeadLetterKey key, CancellationToken cancellationToken)
    {
        await using var open = await OpenConnection.OfAsync(database, cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            WITH waiting AS NOT MATERIALIZED (
                SELECT * FROM messaging.dead_letters
                WHERE "group" = $1 AND cluster = $2 AND topic = $3 AND partition = $4 AND {Unresolved}
                  AND (key = $5 OR (key IS NULL AND $5::text IS NULL AND "offset" = $6)))
            SELECT id, EXISTS (SELECT FROM waiting WHERE state = 'redriving'), "offset", record_key, data, headers, attempts, time
            FROM waiting ORDER BY "offset" LIMIT 1
            """,
            open.Npgsql)
        {
            Parameters =
            {
                Text(key.Group), Text(key.Cluster), Text(key.Topic), new() { Value = key.Partition }, Text(key.Key),
                new() { Value = key.Offset },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new DeadLetterHead(
                reader.GetInt64(0),
                reader.GetBoolean(1),
                reader.GetInt64(2),
                await reader.IsDBNullAsync(3, cancellationToken) ? null : (byte[])reader[3],
                await reader.IsDBNullAsync(4, cancellationToken) ? null : (byte[])reader[4],
                reader.GetString(5),
                reader.GetInt32(6),
                await reader.GetFieldValueAsync<DateTimeOffset>(7, cancellationToken))
            : null;
    }

    /// <summary>
    /// Marks a record as applied, in the transaction of its effect, and the next of its key as one that is redriven: whoever goes on, after
    /// a crash too, finds that nothing of the key is left to ask for. False when an operator has resolved it meanwhile.
    /// </summary>
    public static async Task<bool> TryResolveAsync(
        DbContext database, long id, string group, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Its record is the key's oldest, so the two are locked in the order of the log. The lock within makes it look
        // further when the next one is being discarded.
        var resolved = await database.Database.SqlQueryRaw<long>(
            $$"""
            WITH resolved AS (
                UPDATE messaging.dead_letters SET state = 'redriven', changed_by = {1}, changed_at = {2} WHERE id = {0} AND {{Unresolved}}
                RETURNING id, "group", cluster, topic, partition, key, redrive_id),
            goes_on AS (
                UPDATE messaging.dead_letters next SET state = 'redriving', changed_by = {1}, changed_at = {2}, redrive_id = r.redrive_id
                FROM resolved r CROSS JOIN LATERAL (
                    SELECT d.id FROM messaging.dead_letters d
                    WHERE d."group" = r."group" AND d.cluster = r.cluster AND d.topic = r.topic AND d.partition = r.partition
                        AND d.key = r.key
                      AND d.{{Unresolved}} AND d.id <> r.id
                    ORDER BY d."offset" LIMIT 1 FOR UPDATE) AS oldest
                WHERE next.id = oldest.id AND next.state = 'parked')
            SELECT count(*) AS "Value" FROM resolved
            """,
            id, Group(group), now).ToListAsync(cancellationToken);
        return resolved[0] == 1;
    }

    /// <summary>A redrive has failed: its record and those behind it are parked again.</summary>
    /// <param name="database">The service's.</param>
    /// <param name="key">What was redriven.</param>
    /// <param name="id">Row of the record that failed.</param>
    /// <param name="failures">Attempts of this redrive.</param>
    /// <param name="reason">Why it stays a dead letter.</param>
    /// <param name="error">What the last attempt threw.</param>
    /// <param name="now">Dates the change.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public static Task ParkAgainAsync(
        DbContext database,
        DeadLetterKey key,
        long id,
        int failures,
        DeadLetterReason reason,
        StoredError error,
        DateTimeOffset now,
        CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlRawAsync(
            $$"""
            UPDATE messaging.dead_letters SET
                state = 'parked', changed_by = {0}, changed_at = {1},
                attempts = CASE WHEN id = {2} THEN attempts + {3} ELSE attempts END,
                first_failed_at = CASE WHEN id = {2} THEN coalesce(first_failed_at, {1}) ELSE first_failed_at END,
                last_failed_at = CASE WHEN id = {2} THEN {1} ELSE last_failed_at END,
                reason = CASE WHEN id = {2} THEN {4} ELSE reason END,
                error_type = CASE WHEN id = {2} THEN {5} ELSE error_type END,
                error_message = CASE WHEN id = {2} THEN {6} ELSE error_message END,
                error_stack = CASE WHEN id = {2} THEN {7} ELSE error_stack END
            WHERE id IN (
                SELECT id FROM messaging.dead_letters
                WHERE "group" = {8} AND cluster = {9} AND topic = {10} AND partition = {11} AND {{Unresolved}} AND (id = {2} OR key = {12})
                ORDER BY {{Order}} FOR UPDATE)
            """,
            [
                Group(key.Group), now, id, failures, reason.Stored(), error.Type, error.Message, error.Stack,
                key.Group, key.Cluster, key.Topic, key.Partition, Text(key.Key),
            ],
            cancellationToken);

    /// <summary>
    /// Deletes records that were resolved long ago, at most <paramref name="atMost"/>, and says how many; never one that waits.
    /// </summary>
    public static Task<int> DeleteResolvedAsync(
        DbContext database, DateTimeOffset before, int atMost, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync(
            $"""
            WITH old AS MATERIALIZED (
                SELECT id FROM messaging.dead_letters WHERE state IN ('redriven', 'discarded') AND changed_at < {before} LIMIT {atMost}
                    FOR UPDATE SKIP LOCKED)
            DELETE FROM messaging.dead_letters WHERE id IN (SELECT id FROM old)
            """,
            cancellationToken);

    private static async Task<IReadOnlySet<DeadLetter>> DiscardedAsync(
        DbContext database, DeadLetter[] deadLetters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT topic, partition, "offset" FROM messaging.dead_letters
            WHERE "group" = $1 AND cluster = $2 AND state = 'discarded'
                AND (topic, partition, "offset") IN (SELECT * FROM unnest($3, $4, $5))
            """,
            Connection(database),
            Transaction(database))
        {
            Parameters =
            {
                Text(deadLetters[0].Group), Text(deadLetters[0].Cluster),
                new() { Value = Array.ConvertAll(deadLetters, deadLetter => deadLetter.Topic) },
                new() { Value = Array.ConvertAll(deadLetters, deadLetter => deadLetter.Partition) },
                new() { Value = Array.ConvertAll(deadLetters, deadLetter => deadLetter.Offset) },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var discarded = new HashSet<(string, int, long)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            discarded.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)));
        }

        return deadLetters.Where(deadLetter => discarded.Contains((deadLetter.Topic, deadLetter.Partition, deadLetter.Offset))).ToHashSet();
    }

    private static NpgsqlBatchCommand Insert(DeadLetter deadLetter) => new(
        """
        INSERT INTO messaging.dead_letters (
            "group", cluster, topic, partition, "offset", key, event_id, source, identity, content, type, time, headers, record_key, data,
                reason,
            error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state, changed_by, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
        ON CONFLICT ("group", cluster, topic, partition, "offset") DO UPDATE SET
            state = excluded.state, changed_by = excluded.changed_by, changed_at = excluded.changed_at, reason = excluded.reason,
            error_type = excluded.error_type, error_message = excluded.error_message, error_stack = excluded.error_stack,
            attempts = dead_letters.attempts + excluded.attempts, last_failed_at = excluded.last_failed_at,
            first_failed_at = coalesce(dead_letters.first_failed_at, excluded.first_failed_at)
        WHERE dead_letters.state = 'redriven'
        """)
    {
        Parameters =
        {
            Text(deadLetter.Group), Text(deadLetter.Cluster), Text(deadLetter.Topic), new() { Value = deadLetter.Partition },
            new() { Value = deadLetter.Offset },
            Text(deadLetter.Key), Text(deadLetter.EventId), Text(deadLetter.Source), Nullable(deadLetter.Identity, NpgsqlDbType.Uuid),
            Nullable(deadLetter.Content, NpgsqlDbType.Bigint), Text(deadLetter.Type), new() { Value = deadLetter.Time },
            Nullable(deadLetter.Headers, NpgsqlDbType.Jsonb),
            Nullable(deadLetter.RecordKey, NpgsqlDbType.Bytea), Nullable(deadLetter.Data, NpgsqlDbType.Bytea),
            Text(deadLetter.Reason.Stored()),
            Text(deadLetter.ErrorType), Text(deadLetter.ErrorMessage), Text(deadLetter.ErrorStack), new() { Value = deadLetter.Attempts },
            Nullable(deadLetter.FirstFailedAt, NpgsqlDbType.TimestampTz), Nullable(deadLetter.LastFailedAt, NpgsqlDbType.TimestampTz),
            Text(deadLetter.State.Stored()), Text(deadLetter.ChangedBy), new() { Value = deadLetter.ChangedAt },
        },
    };

    /// <summary>As what a group changes its dead letters.</summary>
    internal static string Group(string group) => $"group {group}";

    private static NpgsqlConnection Connection(DbContext database) => (NpgsqlConnection)database.Database.GetDbConnection();

    private static NpgsqlTransaction Transaction(DbContext database) =>
        (NpgsqlTransaction)database.Database.CurrentTransaction!.GetDbTransaction();

    internal static NpgsqlParameter Text(string? text) => Nullable(text, NpgsqlDbType.Text);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
