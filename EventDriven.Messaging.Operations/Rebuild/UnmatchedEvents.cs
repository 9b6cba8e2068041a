using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Events that the read model has applied and its copy has not, as far back as the inbox remembers: a log may lack them for a reason that nobody has
/// recorded. They are noted while the service runs, because that takes time, and looked at again when nothing is applied any more. What the service
/// applies in between is on the log behind its position of then, so the copy has it, too.
/// </summary>
/// <param name="database">The connection of the rebuild; the table ends with it.</param>
/// <param name="group">Consumer group.</param>
internal sealed class UnmatchedEvents(NpgsqlConnection database, string group)
{
    // The key of the inbox, by which dead letters name the same event.
    private const string Key = "identity";
    private const string Table = "pg_temp.unmatched_events";

    /// <summary>
    /// Notes them. What is a dead letter, or stands behind one, is left out of the copy on purpose. What the inbox was told by a former version may have
    /// two rows, so it says nothing here.
    /// </summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE TEMP TABLE unmatched_events ({Key} uuid PRIMARY KEY, handled_at timestamptz NOT NULL)", cancellationToken);
        await ExecuteAsync(
            $"""
            INSERT INTO {Table} SELECT {Key}, handled_at FROM messaging.inbox applied
            WHERE "group" = $1 AND content IS NOT NULL AND {IsUnmatched}
            AND NOT EXISTS (SELECT FROM messaging.dead_letters d WHERE d."group" = applied."group" AND d.{Key} = applied.{Key} AND d.state <> 'redriven')
            """,
            cancellationToken,
            group);
    }

    /// <summary>
    /// How many of them the copy still lacks: those that were handled since <paramref name="hearsayBegin"/>, and those before, which may be hearsay that is
    /// gone from the log as it should be. The inbox doesn't tell which topic an event stood on.
    /// </summary>
    /// <param name="hearsayBegin">When the first record that is left of hearsay was written; null when nothing of it is gone, or none is read.</param>
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
            Parameters = { new() { Value = group }, new NpgsqlParameter<DateTimeOffset> { TypedValue = hearsayBegin ?? DateTimeOffset.MinValue } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static string IsUnmatched => $"""NOT EXISTS (SELECT FROM {ShadowSchema.Name}.inbox copied WHERE copied."group" = applied."group" AND copied.{Key} = applied.{Key})""";

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, database) { CommandTimeout = 0 };
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
