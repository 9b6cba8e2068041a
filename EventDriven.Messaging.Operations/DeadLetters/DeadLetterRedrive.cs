using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// Chooses and marks dead letters for a redrive. A key is always redriven as a whole and in order (law L5). Dead letters on the log of
/// another cluster are left out, because their partitions have no owner.
/// </summary>
internal static class DeadLetterRedrive
{
    /// <summary>
    /// The keys whose oldest dead letter matches a filter, each with the number of its dead letters.
    /// Keys that are being redriven are left out.
    /// </summary>
    public static async Task<IReadOnlyList<ChosenDeadLetters>> ChooseAsync(
        NpgsqlConnection database, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH chosen AS (
                SELECT * FROM ({DeadLetterQuery.Heads}) AS heads
                WHERE {DeadLetterQuery.Filter} AND EXISTS (SELECT FROM messaging.consumer_groups g WHERE g."group" = heads."group"
                    AND g.cluster = heads.cluster))
            SELECT "group", c.key IS NOT NULL, c.id, count(*)::int
            FROM messaging.dead_letters d JOIN chosen c USING ("group", cluster, topic, partition)
            WHERE d.state = 'parked' AND (d.id = c.id OR d.key = c.key)
            GROUP BY "group", c.id, c.key ORDER BY c.id
            """,
            database);
        command.Parameters.AddRange(DeadLetterQuery.FilterParameters(filter));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var chosen = new List<ChosenDeadLetters>();
        while (await reader.ReadAsync(cancellationToken))
        {
            chosen.Add(new ChosenDeadLetters(reader.GetString(0), reader.GetBoolean(1), [reader.GetInt64(2)], reader.GetInt32(3)));
        }

        return chosen;
    }

    /// <summary>
    /// Whether dead letters know the change that asked to redrive them. A service of the former version, which runs beside this one during
    /// an update, has not installed that step of the schema.
    /// </summary>
    public static async Task<bool> KnowsChangesAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('messaging.dead_letters') AND attname = 'redrive_id')
            """,
            database);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Marks chosen keys, with all dead letters that they have by now. A key whose oldest dead letter was resolved meanwhile is left out.
    /// </summary>
    /// <returns>The dead letters that were marked.</returns>
    public static async Task<IReadOnlyList<MarkedDeadLetter>> MarkAsync(
        NpgsqlConnection database,
        IEnumerable<ChosenDeadLetters> chosen,
        string by,
        DateTimeOffset now,
        Guid? changeId,
        CancellationToken cancellationToken)
    {
        var change = await KnowsChangesAsync(database, cancellationToken) ? ", redrive_id = $4" : "";
        await using var command = new NpgsqlCommand(
            $"""
            WITH chosen AS (SELECT id, "group", cluster, topic, partition, key FROM ({DeadLetterQuery.Heads}) AS heads WHERE id = ANY ($1))
            UPDATE messaging.dead_letters SET state = 'redriving', changed_by = $2, changed_at = $3{change} WHERE id IN (
                SELECT d.id FROM messaging.dead_letters d JOIN chosen c USING ("group", cluster, topic, partition)
                WHERE d.state = 'parked' AND (d.id = c.id OR d.key = c.key)
                ORDER BY {DeadLetterTable.Order} FOR UPDATE OF d)
            RETURNING id, attempts
            """,
            database)
        {
            Parameters = { new() { Value = chosen.SelectMany(c => c.Ids).ToArray() }, new() { Value = by }, new() { Value = now } },
        };
        if (change.Length > 0)
        {
            command.Parameters.Add(new() { Value = (object?)changeId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var marked = new List<MarkedDeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            marked.Add(new MarkedDeadLetter(reader.GetInt64(0), reader.GetInt32(1)));
        }

        return marked;
    }
}
