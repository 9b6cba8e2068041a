using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Events that the read model has applied and its copy has not, as far back as the inbox remembers: the log may lack them for reasons that
/// nothing has recorded. Finding them takes time, so they are noted while the service runs, and checked again during the switch, when no
/// event is applied. Events that the service applies in between are on the log after its earlier position, so the copy gets them, too.
/// </summary>
/// <param name="database">The rebuild's connection, with which the temporary table ends.</param>
/// <param name="group">Consumer group.</param>
internal sealed class UnmatchedEvents(NpgsqlConnection database, string group)
{
    // The key of the inbox, by which dead letters name the same event.
    private const string Key = "identity";
    private const string Table = "pg_temp.unmatched_events";

    /// <summary>
    /// Notes them. Dead letters and the events that they block are not counted: they are left out of the copy on purpose. Nor are the inbox
    /// rows of former versions, which may have two for an event.
    /// </summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            $"CREATE TEMP TABLE unmatched_events ({Key} uuid PRIMARY KEY, handled_at timestamptz NOT NULL)", cancellationToken);
        await ExecuteAsync(
            $"""
            INSERT INTO {Table} SELECT {Key}, handled_at FROM messaging.inbox applied
            WHERE "group" = $1 AND content IS NOT NULL AND {IsUnmatched}
            AND NOT EXISTS (SELECT FROM messaging.dead_letters d WHERE d."group" = applied."group" AND d.{Key} = applied.{Key}
                AND d.state <> 'redriven')
            """,
            cancellationToken,
            group);
    }

    /// <summary>
    /// Counts those that the copy still lacks: events handled since <paramref name="hearsayBegin"/>, and earlier ones, which may be hearsay
    /// that retention has deleted. The inbox does not record the topic of an event.
    /// </summary>
    /// <param name="hearsayBegin">
    /// Time of the first hearsay record that the log still has; null when none was deleted, or none is read.
    /// </param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<(long Lost, long MayBeHearsay)> CountAsync(DateTimeOffset? hearsayBegin, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*) FILTER (WHERE handled_at >= $2), count(*) FILTER (WHERE handled_at < $2)
            FROM {Table} JOIN messaging.inbox applied USING ({Key}, handled_at) WHERE "group" = $1 AND {IsUnmatched}
            """,
            database)
        {
            CommandTimeout = 0,
            Parameters =
            {
                new() { Value = group }, new NpgsqlParameter<DateTimeOffset> { TypedValue = hearsayBegin ?? DateTimeOffset.MinValue },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string IsUnmatched =>
        $"""
        NOT EXISTS (SELECT FROM {ShadowSchema.Name}.inbox copied WHERE copied."group" = applied."group" AND copied.{Key} = applied.{Key})
        """;

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, database) { CommandTimeout = 0 };
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
