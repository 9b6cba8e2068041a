using EventDriven.Messaging.Kafka;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>Writes and reads which logs a group's effects were made from, of groups that keep their offsets in their database.</summary>
internal static class ConsumedLogTable
{
    // The one of a cluster's topics of this name that the group was given last: the stored offsets are of it.
    private const string IsLatest =
        """
        NOT EXISTS (SELECT FROM messaging.consumer_logs later WHERE later."group" = log."group" AND later.topic = log.topic
            AND later.cluster = log.cluster AND later.last_read_at > log.last_read_at)
        """;

    private const string HasOffsets =
        """
        EXISTS (SELECT FROM messaging.consumer_offsets o WHERE o."group" = log."group" AND o.topic = log.topic AND o.cluster = log.cluster
            AND o.next_offset > 0)
        """;

    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended('eventdriven/logs/' || $1, 0))";

    // While the offsets still say so.
    private const string MarkRead =
        $"""UPDATE messaging.consumer_logs log SET was_read = true WHERE "group" = $1 AND NOT was_read AND {IsLatest} AND {HasOffsets}""";

    /// <summary>
    /// Notes the logs that an instance is about to read, and first what was read of those that they replace: offsets are
    /// overwritten from now on. Offsets of a topic that was made anew are dropped, as Kafka drops those that it keeps
    /// itself: they mean nothing on another log.
    /// </summary>
    public static async Task NoteAsync(
        DbContext database, string group, string cluster, IReadOnlyCollection<TopicLog> topics, CancellationToken cancellationToken)
    {
        await using var open = await OpenConnection.OfAsync(database, cancellationToken);
        var (names, ids, begins) = Arrays(topics);
        await using var batch = new NpgsqlBatch(open.Npgsql)
        {
            // One transaction. Of instances that begin at the same time, none must drop what another has just stored.
            BatchCommands =
            {
                Command(Lock, group),
                Command(MarkRead, group),
                Command(
                    """
                    UPDATE messaging.consumer_logs log SET topic_id = given.topic_id FROM unnest($3, $4) AS given (topic, topic_id)
                    WHERE "group" = $1 AND cluster = $2 AND log.topic = given.topic AND log.topic_id = '' AND NOT EXISTS (
                        SELECT FROM messaging.consumer_logs known
                        WHERE known."group" = log."group" AND known.topic = log.topic AND known.cluster = log.cluster
                            AND known.topic_id = given.topic_id)
                    """,
                    group, cluster, names, ids),
                Command(
                    $"""
                    DELETE FROM messaging.consumer_offsets USING unnest($3, $4) AS given (topic, topic_id)
                    WHERE "group" = $1 AND cluster = $2 AND consumer_offsets.topic = given.topic AND EXISTS (
                        SELECT FROM messaging.consumer_logs log WHERE log."group" = $1 AND log.cluster = $2 AND log.topic = given.topic
                        AND log.topic_id NOT IN ('', given.topic_id) AND {IsLatest})
                    """,
                    group, cluster, names, ids),
                Command(
                    """
                    INSERT INTO messaging.consumer_logs AS log ("group", topic, cluster, topic_id, begins, first_read_at, last_read_at,
                        was_read)
                    SELECT $1, topic, $2, topic_id, begins::bigint[], clock_timestamp(), clock_timestamp(), false
                    FROM unnest($3, $4, $5) AS given (topic, topic_id, begins)
                    ON CONFLICT ("group", topic, cluster, topic_id) DO UPDATE SET
                        begins = CASE WHEN log.left_out_at IS NULL THEN log.begins ELSE excluded.begins END,
                        last_read_at = excluded.last_read_at, was_read = log.was_read AND log.left_out_at IS NULL, left_out_at = NULL
                    """,
                    group, cluster, names, ids, begins),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps instances from noting logs until the end of the transaction.</summary>
    public static async Task LockAsync(NpgsqlConnection database, string group, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Lock, database) { Parameters = { new() { Value = group } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// The logs that the read model rests on: those of which the group has gone past a record, and that no rebuild has left out.
    /// </summary>
    public static Task<List<ConsumedLog>> ReadAsync(NpgsqlConnection database, string group, CancellationToken cancellationToken) =>
        QueryAsync(
            database,
            $"""WHERE "group" = $1 AND left_out_at IS NULL AND (was_read OR ({IsLatest} AND {HasOffsets}))""",
            group,
            cancellationToken);

    /// <summary>The logs that a rebuild has left out; none where the database keeps no such record.</summary>
    public static async Task<List<ConsumedLog>> ReadLeftOutAsync(
        NpgsqlConnection database, string group, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('messaging.consumer_logs') IS NOT NULL", database);
        return (bool)(await exists.ExecuteScalarAsync(cancellationToken))!
            ? await QueryAsync(database, """WHERE "group" = $1 AND left_out_at IS NOT NULL AND was_read""", group, cancellationToken)
            : [];
    }

    /// <summary>Within the switch of a rebuild: from now on the read model rests on these logs alone.</summary>
    public static async Task NoteRebuiltAsync(
        NpgsqlConnection database, string group, string cluster, IReadOnlyCollection<TopicLog> topics, CancellationToken cancellationToken)
    {
        var (names, ids, begins) = Arrays(topics);
        await using var batch = new NpgsqlBatch(database)
        {
            BatchCommands =
            {
                Command(MarkRead, group),
                Command(
                    """
                    UPDATE messaging.consumer_logs log SET left_out_at = now() WHERE "group" = $1 AND left_out_at IS NULL AND NOT (
                        cluster = $2 AND EXISTS (SELECT FROM unnest($3, $4) AS given (topic, topic_id) WHERE given.topic = log.topic
                            AND given.topic_id = log.topic_id))
                    """,
                    group, cluster, names, ids),
                Command(
                    """
                    INSERT INTO messaging.consumer_logs AS log ("group", topic, cluster, topic_id, begins, first_read_at, last_read_at,
                        was_read)
                    SELECT $1, topic, $2, topic_id, begins::bigint[], now(), now(), false
                        FROM unnest($3, $4, $5) AS given (topic, topic_id, begins)
                    ON CONFLICT ("group", topic, cluster, topic_id) DO UPDATE SET
                        begins = excluded.begins, first_read_at = CASE log.first_read_at WHEN '-infinity' THEN now()
                            ELSE log.first_read_at END,
                        last_read_at = excluded.last_read_at, left_out_at = NULL
                    """,
                    group, cluster, names, ids, begins),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // An array of arrays can't have rows of different lengths: those are handed over as text.
    private static (string[] Names, string[] Ids, string[] Begins) Arrays(IReadOnlyCollection<TopicLog> topics) => (
        [.. topics.Select(topic => topic.Topic)],
        [.. topics.Select(topic => topic.Id)],
        [.. topics.Select(topic => $"{{{string.Join(',', topic.Begins)}}}")]);

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter { Value = value }));
        return command;
    }

    private static async Task<List<ConsumedLog>> QueryAsync(
        NpgsqlConnection database, string where, string group, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT topic, cluster, topic_id, first_read_at, last_read_at, was_read, left_out_at, begins "
            + $"FROM messaging.consumer_logs log {where} ORDER BY topic, first_read_at",
            database)
        {
            Parameters = { new() { Value = group } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var logs = new List<ConsumedLog>();
        while (await reader.ReadAsync(cancellationToken))
        {
            logs.Add(Read(reader, group));
        }

        return logs;
    }

    private static ConsumedLog Read(NpgsqlDataReader row, string group) => new()
    {
        Group = group,
        Topic = row.GetString(0),
        Cluster = row.GetString(1),
        TopicId = row.GetString(2),
        FirstReadAt = row.GetFieldValue<DateTimeOffset>(3),
        LastReadAt = row.GetFieldValue<DateTimeOffset>(4),
        WasRead = row.GetBoolean(5),
        LeftOutAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
        Begins = row.IsDBNull(7) ? null : row.GetFieldValue<long[]>(7),
    };
}
