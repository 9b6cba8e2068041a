using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// Lists, redrives and discards the dead letters of one service's database. A redrive is only requested here: the owner of a key's
/// partition applies it in the key's own lane, while the service runs or once it runs again.
/// </summary>
/// <param name="database">An open connection to the database.</param>
/// <remarks>All methods throw <see cref="NpgsqlException"/> when the database does not answer or refuses.</remarks>
public sealed class DeadLetterAdmin(NpgsqlConnection database)
{
    private const string Columns =
        """
        id, "group", cluster, topic, partition, "offset", key, event_id, source, identity, type, time, headers, record_key, data, reason,
        error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state, changed_by, changed_at, note
        """;

    /// <summary>A page of unresolved dead letters. Its parameters are <see cref="PageParameters"/>.</summary>
    internal const string PageQuery =
        $"""
        SELECT {Columns} FROM messaging.dead_letters WHERE {DeadLetterQuery.Filter} AND {DeadLetterTable.Unresolved} AND id > $11
            AND ($12 OR reason <> 'behind')
        ORDER BY id LIMIT $13
        """;

    /// <summary>The connection.</summary>
    internal NpgsqlConnection Database => database;

    /// <summary>Whether the database has a table of dead letters. The database of a service that consumes nothing has none.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.dead_letters') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The parked keys of each group, on the log that it reads. Groups without parked keys are left out.</summary>
    public async Task<IReadOnlyDictionary<string, ParkedCount>> CountParkedAsync(CancellationToken cancellationToken) =>
        (await DeadLetterTable.ParkedAsync(database, cancellationToken))
            .ToDictionary(group => group.Key, group => new ParkedCount(group.Value.Keys, group.Value.Records), StringComparer.Ordinal);

    /// <summary>Dead letters, oldest first.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="includeResolved">Whether to include those that were redriven or discarded.</param>
    /// <param name="limit">Their maximum number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(
        DeadLetterFilter filter, bool includeResolved, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            $"SELECT {Columns} FROM messaging.dead_letters WHERE {DeadLetterQuery.Filter} AND ($11 OR {DeadLetterTable.Unresolved}) "
            + "ORDER BY id LIMIT $12",
            [.. DeadLetterQuery.FilterParameters(filter), new() { Value = includeResolved }, new() { Value = limit }],
            cancellationToken);

    /// <summary>A page of unresolved dead letters, oldest first, which costs no more when there are many.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="page">Where the page begins, and what else it leaves out.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, DeadLetterPage page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        return ReadAsync(PageQuery, PageParameters(filter, page), cancellationToken);
    }

    /// <summary>How many unresolved dead letters each group has, by reason and state.</summary>
    public async Task<IReadOnlyList<DeadLetterSummary>> SummarizeAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT found.*, coalesce(oldest.first_failed_at, oldest.changed_at)
            FROM (SELECT "group", reason, state, count(*), min(id) AS id FROM messaging.dead_letters WHERE {DeadLetterTable.Unresolved}
                GROUP BY "group", reason, state) AS found
            JOIN messaging.dead_letters oldest USING (id)
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<DeadLetterSummary>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new DeadLetterSummary(
                reader.GetString(0),
                StoredNames.Reason(reader.GetString(1)),
                StoredNames.State(reader.GetString(2)),
                reader.GetInt64(3),
                await reader.GetFieldValueAsync<DateTimeOffset>(5, cancellationToken)));
        }

        return found;
    }

    /// <summary>
    /// The unresolved dead letters of the same key, in the order of the log: the one that failed and those that it blocks.
    /// </summary>
    /// <param name="deadLetter">One of them. If it has no key, it is the only one.</param>
    /// <param name="limit">Their maximum number.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<DeadLetter>> ListOfKeyAsync(DeadLetter deadLetter, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadLetter);
        return deadLetter.Key is not { } key
            ? Task.FromResult<IReadOnlyList<DeadLetter>>([deadLetter])
            : ReadAsync(
                $"""
                SELECT {Columns} FROM messaging.dead_letters
                WHERE "group" = $1 AND cluster = $2 AND topic = $3 AND partition = $4 AND key = $5 AND {DeadLetterTable.Unresolved}
                ORDER BY "offset" LIMIT $6
                """,
                [
                    new() { Value = deadLetter.Group }, new() { Value = deadLetter.Cluster }, new() { Value = deadLetter.Topic },
                    new() { Value = deadLetter.Partition }, new() { Value = key }, new() { Value = limit },
                ],
                cancellationToken);
    }

    /// <summary>
    /// How many unresolved dead letters of its key stand behind each of some, by number; those that block nothing are left out.
    /// </summary>
    /// <param name="ids">Their numbers.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyDictionary<long, long>> CountBlockedAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT head.id, count(*) FROM messaging.dead_letters head JOIN messaging.dead_letters blocked
                USING ("group", topic, partition, key)
            WHERE head.id = ANY ($1) AND blocked.cluster = head.cluster AND blocked."offset" > head."offset"
                AND blocked.state IN ('parked', 'redriving')
            GROUP BY head.id
            """,
            database)
        {
            Parameters = { new() { Value = ids.ToArray() } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var blocked = new Dictionary<long, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            blocked.Add(reader.GetInt64(0), reader.GetInt64(1));
        }

        return blocked;
    }

    /// <summary>One dead letter; null when none has this number.</summary>
    public async Task<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync(
            $"SELECT {Columns} FROM messaging.dead_letters WHERE id = $1", [new() { Value = id }], cancellationToken) is [var deadLetter]
            ? deadLetter
            : null;

    /// <summary>Dead letters by their numbers, oldest first. Those that were deleted are missing.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAllAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ReadAsync(
            $"SELECT {Columns} FROM messaging.dead_letters WHERE id = ANY ($1) ORDER BY id",
            [new() { Value = ids.ToArray() }],
            cancellationToken);

    /// <summary>
    /// The keys that a redrive would apply: those whose oldest dead letter matches the filter. A key is always redriven as a whole and in
    /// order (law L5). Dead letters on the log of another cluster are left out, because their partitions have no owner.
    /// </summary>
    public Task<IReadOnlyList<ChosenDeadLetters>> ChooseForRedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        DeadLetterRedrive.ChooseAsync(database, filter, cancellationToken);

    /// <summary>
    /// Requests a redrive of chosen keys, with all dead letters that they have by now. A key whose oldest dead
    /// letter was resolved meanwhile is left out.
    /// </summary>
    /// <param name="chosen">From <see cref="ChooseForRedriveAsync"/>.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>The dead letters that were marked, see <see cref="RequestedRedrive"/>.</returns>
    public Task<IReadOnlyList<MarkedDeadLetter>> RedriveAsync(
        IEnumerable<ChosenDeadLetters> chosen, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        RedriveAsync(chosen, by, now, changeId: null, cancellationToken);

    /// <summary>The same for a recorded change, by which its progress can be read.</summary>
    /// <param name="chosen">From <see cref="ChooseForRedriveAsync"/>.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="changeId">The change; null for none.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>The dead letters that were marked, see <see cref="RequestedRedrive"/>.</returns>
    public Task<IReadOnlyList<MarkedDeadLetter>> RedriveAsync(
        IEnumerable<ChosenDeadLetters> chosen, string by, DateTimeOffset now, Guid? changeId, CancellationToken cancellationToken) =>
        DeadLetterRedrive.MarkAsync(database, chosen, by, now, changeId, cancellationToken);

    /// <summary>Requests a redrive of every key whose oldest dead letter matches the filter.</summary>
    /// <returns>How many dead letters were marked.</returns>
    public async Task<int> RedriveAsync(DeadLetterFilter filter, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await RedriveAsync(await ChooseForRedriveAsync(filter, cancellationToken), by, now, cancellationToken)).Count;

    /// <summary>
    /// How many unresolved dead letters stood on the log of a cluster that their group no longer reads. They can't be
    /// redriven: an operator can read and discard them.
    /// </summary>
    public async Task<long> CountOnOtherLogsAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*) FROM messaging.dead_letters d WHERE {DeadLetterQuery.Filter} AND {DeadLetterTable.Unresolved}
              AND EXISTS (SELECT FROM messaging.consumer_groups g WHERE g."group" = d."group" AND g.cluster <> d.cluster)
            """,
            database);
        command.Parameters.AddRange(DeadLetterQuery.FilterParameters(filter));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// The unresolved dead letters that match the filter, wherever they stand in their key. Those of a key are listed together.
    /// </summary>
    public async Task<IReadOnlyList<ChosenDeadLetters>> ChooseForDiscardAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT "group", key IS NOT NULL, array_agg(id ORDER BY id) FROM messaging.dead_letters WHERE {DeadLetterQuery.Filter}
                AND {DeadLetterTable.Unresolved}
            GROUP BY "group", cluster, topic, partition, key, CASE WHEN key IS NULL THEN id END ORDER BY min(id)
            """,
            database);
        command.Parameters.AddRange(DeadLetterQuery.FilterParameters(filter));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var chosen = new List<ChosenDeadLetters>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var ids = await reader.GetFieldValueAsync<long[]>(2, cancellationToken);
            chosen.Add(new ChosenDeadLetters(reader.GetString(0), reader.GetBoolean(1), ids, ids.Length));
        }

        return chosen;
    }

    /// <summary>
    /// Discards a dead letter for good. The events that it blocked can then be redriven. False when it
    /// does not exist or is already resolved.
    /// </summary>
    public async Task<bool> DiscardAsync(long id, string reason, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        await DiscardAsync([id], reason, by, now, cancellationToken) == 1;

    /// <summary>Discards dead letters for good, in one transaction. The events that they blocked can then be redriven.</summary>
    /// <param name="ids">Their numbers.</param>
    /// <param name="reason">Why; it is kept with them.</param>
    /// <param name="by">Who discards them.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <returns>How many were discarded. Those that are already resolved stay as they are.</returns>
    /// <exception cref="ArgumentException">The reason is empty.</exception>
    public async Task<int> DiscardAsync(
        IReadOnlyCollection<long> ids, string reason, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);

        // One statement, one transaction. The inbox row keeps a replay from applying the event.
        await using var command = new NpgsqlCommand(
            $"""
            WITH discarded AS (
                UPDATE messaging.dead_letters SET state = 'discarded', note = $2, changed_by = $3, changed_at = $4
                WHERE id IN (SELECT id FROM messaging.dead_letters WHERE id = ANY ($1) AND {DeadLetterTable.Unresolved}
                    ORDER BY {DeadLetterTable.Order} FOR UPDATE)
                RETURNING "group", identity, content, type),
            final AS (
                INSERT INTO messaging.inbox ("group", identity, content, major, handled_at)
                    SELECT "group", identity, content, {EventName.MajorSql("type")}, $4 FROM discarded WHERE identity IS NOT NULL
                ON CONFLICT DO NOTHING)
            SELECT count(*)::int FROM discarded
            """,
            database)
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = reason }, new() { Value = by }, new() { Value = now } },
        };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Values of <see cref="PageQuery"/>, in its order.</summary>
    internal static NpgsqlParameter[] PageParameters(DeadLetterFilter filter, DeadLetterPage page) =>
    [
        .. DeadLetterQuery.FilterParameters(filter),
        new() { Value = page.After },
        new() { Value = page.IncludeBlocked },
        new() { Value = page.Limit },
    ];

    private async Task<IReadOnlyList<DeadLetter>> ReadAsync(string query, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, database);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var deadLetters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            deadLetters.Add(Read(reader));
        }

        return deadLetters;
    }

    private static DeadLetter Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Group = row.GetString(1),
        Cluster = row.GetString(2),
        Topic = row.GetString(3),
        Partition = row.GetInt32(4),
        Offset = row.GetInt64(5),
        Key = Get<string>(row, 6),
        EventId = Get<string>(row, 7),
        Source = Get<string>(row, 8),
        Identity = GetValue<Guid>(row, 9),
        Type = Get<string>(row, 10),
        Time = row.GetFieldValue<DateTimeOffset>(11),
        Headers = row.GetString(12),
        RecordKey = Get<byte[]>(row, 13),
        Data = Get<byte[]>(row, 14),
        Reason = StoredNames.Reason(row.GetString(15)),
        ErrorType = Get<string>(row, 16),
        ErrorMessage = Get<string>(row, 17),
        ErrorStack = Get<string>(row, 18),
        Attempts = row.GetInt32(19),
        FirstFailedAt = GetValue<DateTimeOffset>(row, 20),
        LastFailedAt = GetValue<DateTimeOffset>(row, 21),
        State = StoredNames.State(row.GetString(22)),
        ChangedBy = row.GetString(23),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(24),
        Note = Get<string>(row, 25),
    };

    private static T? Get<T>(NpgsqlDataReader row, int column)
        where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static T? GetValue<T>(NpgsqlDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
