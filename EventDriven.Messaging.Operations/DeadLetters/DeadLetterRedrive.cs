using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>
/// Redrives of an operator: of each key always all that waits, in order, or the order of the key would be lost (law L5). Only of the log that the group
/// reads: no partition of another has an owner who could do it.
/// </summary>
internal static class DeadLetterRedrive
{
    /// <summary>The keys whose oldest dead letter a filter means, each with how much of it would be redriven; keys that are being redriven are left out.</summary>
    public static async Task<IReadOnlyList<ChosenDeadLetters>> ChooseAsync(
        NpgsqlConnection database, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH chosen AS (
                SELECT * FROM ({DeadLetterQuery.Heads}) AS heads
                WHERE {DeadLetterQuery.Filter} AND EXISTS (SELECT FROM messaging.consumer_groups g WHERE g."group" = heads."group" AND g.cluster = heads.cluster))
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

    /// <summary>Asks for a redrive of the keys that were chosen, with what has come behind since; not of one whose oldest dead letter was resolved meanwhile.</summary>
    /// <returns>What is redriven now.</returns>
    public static async Task<IReadOnlyList<MarkedDeadLetter>> MarkAsync(
        NpgsqlConnection database, IEnumerable<ChosenDeadLetters> chosen, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            WITH chosen AS (SELECT id, "group", cluster, topic, partition, key FROM ({DeadLetterQuery.Heads}) AS heads WHERE id = ANY ($1))
            UPDATE messaging.dead_letters SET state = 'redriving', changed_by = $2, changed_at = $3 WHERE id IN (
                SELECT d.id FROM messaging.dead_letters d JOIN chosen c USING ("group", cluster, topic, partition)
                WHERE d.state = 'parked' AND (d.id = c.id OR d.key = c.key)
                ORDER BY {DeadLetterTable.Order} FOR UPDATE OF d)
            RETURNING id, attempts
            """,
            database)
        {
            Parameters = { new() { Value = chosen.SelectMany(c => c.Ids).ToArray() }, new() { Value = by }, new() { Value = now } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var marked = new List<MarkedDeadLetter>();
        while (await reader.ReadAsync(cancellationToken))
        {
            marked.Add(new MarkedDeadLetter(reader.GetInt64(0), reader.GetInt32(1)));
        }

        return marked;
    }
}
