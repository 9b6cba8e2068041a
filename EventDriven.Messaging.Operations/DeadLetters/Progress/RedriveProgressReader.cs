using EventDriven.Messaging.Operations.Databases;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters.Progress;

/// <summary>Reads how far redrives are. It needs nothing but the databases, so it knows redrives of before any restart.</summary>
public static class RedriveProgressReader
{
    private const string Progress =
        """
        SELECT redrive_id, "group", count(*), count(*) FILTER (WHERE state = 'redriven'), count(*) FILTER (WHERE state = 'discarded'),
            count(*) FILTER (WHERE state = 'parked')
        FROM messaging.dead_letters
        """;

    /// <summary>The redrives that began since a time, newest first.</summary>
    /// <param name="databases">Open databases.</param>
    /// <param name="since">Not older ones.</param>
    /// <param name="limit">Their maximum number in each database.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="NpgsqlException">A database no longer answers, or refuses.</exception>
    public static Task<IReadOnlyList<RedriveProgress>> ListAsync(
        ServiceDatabases databases, DateTimeOffset since, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            databases,
            $"{Progress} WHERE redrive_id >= $1 GROUP BY redrive_id, \"group\" ORDER BY redrive_id DESC LIMIT $2",
            // Change ids are of version 7: they are in the order of time.
            () => [new() { Value = Guid.CreateVersion7(since) }, new() { Value = limit }],
            cancellationToken);

    /// <summary>The redrive of a change, one for each group.</summary>
    /// <param name="databases">Open databases.</param>
    /// <param name="changeId">The change.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <exception cref="NpgsqlException">A database no longer answers, or refuses.</exception>
    public static Task<IReadOnlyList<RedriveProgress>> FindAsync(
        ServiceDatabases databases, Guid changeId, CancellationToken cancellationToken) =>
        ReadAsync(
            databases,
            $"{Progress} WHERE redrive_id = $1 GROUP BY redrive_id, \"group\"",
            () => [new() { Value = changeId }],
            cancellationToken);

    private static async Task<IReadOnlyList<RedriveProgress>> ReadAsync(
        ServiceDatabases databases, string query, Func<NpgsqlParameter[]> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var found = await Task.WhenAll(
            databases.Open.Select(database => ReadAsync(database.Connection, query, parameters(), cancellationToken)));
        return
        [
            .. found.SelectMany(progress => progress).OrderByDescending(progress => progress.ChangeId)
                .ThenBy(progress => progress.Group, StringComparer.Ordinal),
        ];
    }

    private static async Task<List<RedriveProgress>> ReadAsync(
        NpgsqlConnection database, string query, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var found = new List<RedriveProgress>();
        if (!await DeadLetterRedrive.KnowsChangesAsync(database, cancellationToken))
        {
            return found;
        }

        await using var command = new NpgsqlCommand(query, database);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new RedriveProgress(
                reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5)));
        }

        return found;
    }
}
