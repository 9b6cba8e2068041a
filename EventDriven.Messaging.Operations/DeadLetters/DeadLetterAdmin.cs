using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// What an operator does with the dead letters of one service's database. It only says what is wanted: the owner of a key's partition does it, in
/// the key's own lane, while the service runs or once it runs again.
/// </summary>
public sealed class DeadLetterAdmin(NpgsqlConnection database)
{
    private const string Columns =
        """
        id, "group", cluster, topic, partition, "offset", key, event_id, source, identity, type, time, headers, record_key, data, reason,
        error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state, changed_by, changed_at, note
        """;

    /// <summary>Whether the database has dead letters at all: one of a service that consumes nothing does not.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('messaging.dead_letters') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How many keys of each group are parked on the log that it reads, and how many records wait with them; groups without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, (long Keys, long Records)>> ParkedAsync(CancellationToken cancellationToken) =>
        await DeadLetterTable.ParkedAsync(database, cancellationToken);

    /// <summary>Dead letters, oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="resolved">Whether those that were redriven or discarded are listed, too.</param>
    /// <param name="atMost">Number of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, bool resolved, int atMost, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {Columns} FROM messaging.dead_letters WHERE {DeadLetterQuery.Filter} AND ($9 OR {DeadLetterTable.Unresolved}) ORDER BY id LIMIT $10",
        [.. DeadLetterQuery.FilterParameters(filter), new() { Value = resolved }, new() { Value = atMost }],
        cancellationToken);

    /// <summary>One dead letter; null when there is none with this number.</summary>
    public async Task<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync($"SELECT {Columns} FROM messaging.dead_letters WHERE id = $1", [new() { Value = id }], cancellationToken) is [var letter] ? letter : null;

    /// <summary>Some dead letters, oldest first; those that are not there any more are left out.</summary>
    public Task<IReadOnlyList<DeadLetter>> FindAllAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {Columns} FROM messaging.dead_letters WHERE id = ANY ($1) ORDER BY id", [new() { Value = ids.ToArray() }], cancellationToken);

    /// <summary>
    /// The keys whose oldest dead letter is meant, and could be redriven: with all that stands behind it, in order, or the order of the key would be
    /// lost (law L5). Only of the log that the group reads: no partition of another has an owner who could do it.
    /// </summary>
    public Task<IReadOnlyList<ChosenDeadLetters>> ChooseForRedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) =>
        DeadLetterRedrive.ChooseAsync(database, filter, cancellationToken);

    /// <summary>Asks for a redrive of the keys that were chosen, with what has come behind since; not of one whose oldest dead letter was resolved meanwhile.</summary>
    /// <returns>What is redriven now.</returns>
    public Task<IReadOnlyList<MarkedDeadLetter>> RedriveAsync(
        IEnumerable<ChosenDeadLetters> chosen, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        DeadLetterRedrive.MarkAsync(database, chosen, by, now, cancellationToken);

    /// <summary>Asks for a redrive of every key whose oldest dead letter is meant.</summary>
    /// <returns>How many dead letters are redriven.</returns>
    public async Task<int> RedriveAsync(DeadLetterFilter filter, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await RedriveAsync(await ChooseForRedriveAsync(filter, cancellationToken), by, now, cancellationToken)).Count;

    /// <summary>
    /// How many dead letters wait that stood on a log which their group doesn't read any more, because its cluster was replaced. Nothing can
    /// redrive them: they can be read here, and discarded.
    /// </summary>
    public async Task<long> CountOfOtherLogsAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
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

    /// <summary>The dead letters that are meant and wait, each by itself, wherever they stand in their key; those of a key together.</summary>
    public async Task<IReadOnlyList<ChosenDeadLetters>> ChooseForDiscardAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT "group", key IS NOT NULL, array_agg(id ORDER BY id) FROM messaging.dead_letters WHERE {DeadLetterQuery.Filter} AND {DeadLetterTable.Unresolved}
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
    /// Gives a dead letter up for good; what stands behind it can then be redriven. False when it is resolved already, or there is none.
    /// </summary>
    public async Task<bool> DiscardAsync(long id, string reason, string by, DateTimeOffset now, CancellationToken cancellationToken) =>
        await DiscardAsync([id], reason, by, now, cancellationToken) == 1;

    /// <summary>Gives dead letters up for good, all or none; what stands behind them can then be redriven.</summary>
    /// <returns>How many: those that are resolved already stay as they are.</returns>
    public async Task<int> DiscardAsync(IReadOnlyCollection<long> ids, string reason, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);

        // One statement, one transaction. With its row in the inbox the event can't come back: a replay would apply it otherwise.
        await using var command = new NpgsqlCommand(
            $"""
            WITH discarded AS (
                UPDATE messaging.dead_letters SET state = 'discarded', note = $2, changed_by = $3, changed_at = $4
                WHERE id IN (SELECT id FROM messaging.dead_letters WHERE id = ANY ($1) AND {DeadLetterTable.Unresolved} ORDER BY {DeadLetterTable.Order} FOR UPDATE)
                RETURNING "group", identity, content),
            final AS (
                INSERT INTO messaging.inbox ("group", identity, content, handled_at) SELECT "group", identity, content, $4 FROM discarded WHERE identity IS NOT NULL
                ON CONFLICT DO NOTHING)
            SELECT count(*)::int FROM discarded
            """,
            database)
        {
            Parameters = { new() { Value = ids.ToArray() }, new() { Value = reason }, new() { Value = by }, new() { Value = now } },
        };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<IReadOnlyList<DeadLetter>> ReadAsync(string query, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, database);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            letters.Add(Read(reader));
        }

        return letters;
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
