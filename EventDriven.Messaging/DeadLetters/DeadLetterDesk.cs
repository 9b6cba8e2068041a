using Npgsql;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>
/// What an operator does with the dead letters of one service's database. It only says what is wanted: the owner of a key's partition does it, in
/// the key's own lane, while the service runs or once it runs again.
/// </summary>
public sealed class DeadLetterDesk(NpgsqlConnection database)
{
    private const string Columns =
        """
        id, "group", cluster, topic, partition, "offset", key, event_id, source, identity, type, time, headers, record_key, data, reason,
        error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state, changed_by, changed_at, note
        """;

    // The oldest of each key; what stands behind it follows it, whatever it is.
    private const string Heads =
        $"""
        SELECT DISTINCT ON ("group", cluster, topic, partition, key, CASE WHEN key IS NULL THEN id END) * FROM dead_letters
        WHERE {DeadLetterTable.Unresolved} ORDER BY "group", cluster, topic, partition, key, CASE WHEN key IS NULL THEN id END, "offset"
        """;

    private const string Filter =
        """
        ($1::text IS NULL OR "group" = $1) AND ($2::text IS NULL OR key = $2) AND ($3::text IS NULL OR type = $3)
        AND ($4::text IS NULL OR reason = $4 OR error_type = $4)
        """;

    /// <summary>Whether the database has dead letters at all: one of a service that consumes nothing does not.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('dead_letters') IS NOT NULL", database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Dead letters, oldest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="resolved">Whether those that were redriven or discarded are listed, too.</param>
    /// <param name="atMost">Number of them.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, bool resolved, int atMost, CancellationToken cancellationToken) => ReadAsync(
        $"SELECT {Columns} FROM dead_letters WHERE {Filter} AND ($5 OR {DeadLetterTable.Unresolved}) ORDER BY id LIMIT $6",
        [.. Parameters(filter), new() { Value = resolved }, new() { Value = atMost }],
        cancellationToken);

    /// <summary>One dead letter; null when there is none with this number.</summary>
    public async Task<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await ReadAsync($"SELECT {Columns} FROM dead_letters WHERE id = $1", [new() { Value = id }], cancellationToken) is [var letter] ? letter : null;

    /// <summary>
    /// Asks for a redrive of every key whose oldest dead letter is meant: with all that stands behind it, in order, or the order of the key would be
    /// lost (law L5). Only of the log that the group reads: no partition of another has an owner who could do it.
    /// </summary>
    /// <returns>How many dead letters are redriven.</returns>
    public async Task<int> RedriveAsync(DeadLetterFilter filter, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH chosen AS (
                SELECT heads.id, "group", cluster, heads.topic, heads.partition, heads.key
                FROM ({Heads}) AS heads JOIN consumer_groups USING ("group", cluster) WHERE {Filter})
            UPDATE dead_letters SET state = 'redriving', changed_by = $5, changed_at = $6 WHERE id IN (
                SELECT d.id FROM dead_letters d JOIN chosen c USING ("group", cluster, topic, partition)
                WHERE d.state = 'parked' AND (d.id = c.id OR d.key = c.key)
                ORDER BY {DeadLetterTable.Order} FOR UPDATE OF d)
            """,
            database);
        command.Parameters.AddRange(Parameters(filter));
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = now });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// How many dead letters wait that stood on a log which their group doesn't read any more, because its cluster was replaced. Nothing can
    /// redrive them: they can be read here, and discarded.
    /// </summary>
    public async Task<long> CountOfOtherLogsAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*) FROM dead_letters d WHERE {Filter} AND {DeadLetterTable.Unresolved}
              AND EXISTS (SELECT FROM consumer_groups g WHERE g."group" = d."group" AND g.cluster <> d.cluster)
            """,
            database);
        command.Parameters.AddRange(Parameters(filter));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Gives a dead letter up for good; what stands behind it can then be redriven. False when it is resolved already, or there is none.
    /// </summary>
    public async Task<bool> DiscardAsync(long id, string reason, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);

        // One statement, one transaction. With its row in the inbox the event can't come back: a replay would apply it otherwise.
        await using var command = new NpgsqlCommand(
            $"""
            WITH discarded AS (
                UPDATE dead_letters SET state = 'discarded', note = $2, changed_by = $3, changed_at = $4
                WHERE id = $1 AND {DeadLetterTable.Unresolved} RETURNING "group", identity),
            final AS (
                INSERT INTO inbox ("group", identity, handled_at) SELECT "group", identity, $4 FROM discarded WHERE identity IS NOT NULL
                ON CONFLICT DO NOTHING)
            SELECT count(*) FROM discarded
            """,
            database)
        {
            Parameters = { new() { Value = id }, new() { Value = reason }, new() { Value = by }, new() { Value = now } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    private static NpgsqlParameter[] Parameters(DeadLetterFilter filter) =>
        [.. new[] { filter.Group, filter.Key, filter.Type, filter.Reason }.Select(DeadLetterTable.Text)];

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
