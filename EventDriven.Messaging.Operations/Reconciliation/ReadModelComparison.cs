using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;
using NpgsqlTypes;

namespace EventDriven.Messaging.Operations.Reconciliation;

/// <summary>
/// Compares the keys of a group's read model with those of the log. Both are collected in temporary tables of the group's database, portion
/// by portion, so that they need no memory here.
/// </summary>
/// <remarks>
/// The keys of the read model are collected before the end of the log is read, so each of them has its event before that end. Keys
/// of the log are looked up in the read model after their events were found in the inbox, hence after their effects were
/// committed. So concurrent changes never look wrong.
/// </remarks>
internal sealed class ReadModelComparison : IAsyncDisposable
{
    private const int TimeoutSeconds = 600;

    private readonly NpgsqlConnection _database;
    private readonly RegisteredGroup _group;
    private readonly Dictionary<string, string> _topics;
    private readonly string _modelKeys;
    private readonly string _logKeys;

    private ReadModelComparison(NpgsqlConnection database, RegisteredGroup group, int number, Dictionary<string, string> topics) =>
        (_database, _group, _topics, _modelKeys, _logKeys) = (
            database, group, topics, $"pg_temp.model_keys_{number}", $"pg_temp.log_keys_{number}");

    /// <summary>The topics of the types that are compared.</summary>
    public IEnumerable<string> Topics => _topics.Values.Distinct(StringComparer.Ordinal);

    /// <summary>Collects the keys of the read model; null when the service has no view of them.</summary>
    /// <param name="database">The group's database.</param>
    /// <param name="group">The group.</param>
    /// <param name="number">Number of the group, which distinguishes groups of the same database.</param>
    /// <param name="since">Older facts are collected only for topics that are read from their beginning.</param>
    /// <param name="isWhole">Whether a topic is read from its beginning.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<ReadModelComparison?> BeginAsync(
        NpgsqlConnection database,
        RegisteredGroup group,
        int number,
        DateTimeOffset since,
        Func<string, bool> isWhole,
        CancellationToken cancellationToken)
    {
        if (await DeclaredAsync(database, group, cancellationToken) is not { Count: > 0 } declared)
        {
            return null;
        }

        var comparison = new ReadModelComparison(database, group, number, declared);
        await comparison.ExecuteAsync(
            $"""
            DROP TABLE IF EXISTS {comparison._modelKeys}, {comparison._logKeys};
            CREATE TEMP TABLE {Name(comparison._modelKeys)} (topic text NOT NULL, event_type text NOT NULL, key text NOT NULL,
                happened_at timestamptz);
            CREATE TEMP TABLE {Name(comparison._logKeys)} (event_type text NOT NULL, key text NOT NULL, applied boolean NOT NULL)
            """,
            cancellationToken);
        await comparison.ExecuteAsync(
            $"""
            INSERT INTO {comparison._modelKeys} SELECT topic, event_type, key, happened_at FROM {ReadModelKeys.View}
            WHERE "group" = $1 AND key IS NOT NULL AND (topic = ANY ($2) OR happened_at >= $3)
            """,
            cancellationToken,
            group.Name,
            comparison.Topics.Where(isWhole).ToArray(),
            since);
        return comparison;
    }

    /// <summary>Collects the keys of a portion of the log.</summary>
    /// <param name="records">The records.</param>
    /// <param name="applied">The records whose effect is committed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AddAsync(IEnumerable<LogRecord> records, HashSet<LogRecord> applied, CancellationToken cancellationToken)
    {
        await using var writer = await _database.BeginBinaryImportAsync(
            $"COPY {_logKeys} (event_type, key, applied) FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (var record in records.Where(record => record is { Type: not null, Key: not null } && _topics.ContainsKey(record.Type)))
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(record.Type!, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(record.Key!, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(applied.Contains(record), NpgsqlDbType.Boolean, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Compares the keys after everything was read.</summary>
    /// <param name="covered">The time since which a topic is covered; null when it is unknown.</param>
    /// <param name="atMost">How many keys are listed at most.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<ReadModelReport> EndAsync(Func<string, DateTimeOffset?> covered, int atMost, CancellationToken cancellationToken)
    {
        var since = Topics.Select(topic => (Topic: topic, Since: covered(topic))).ToList();
        var known = since.Where(topic => topic.Since is not null).ToArray();
        await ExecuteAsync($"ANALYZE {_modelKeys}, {_logKeys}", cancellationToken);
        var (withoutRow, firstWithoutRow) = await FindAsync(
            $"""
            SELECT event_type, key FROM {_logKeys} WHERE applied
            EXCEPT SELECT event_type, key FROM {ReadModelKeys.View} WHERE "group" = $2
            """,
            atMost,
            cancellationToken,
            _group.Name);
        var (withoutEvent, firstWithoutEvent) = await FindAsync(
            $"""
            SELECT event_type, key FROM {_modelKeys} JOIN unnest($2, $3) AS covered (topic, since) USING (topic)
            WHERE since = '-infinity' OR (happened_at >= since AND happened_at <= now())
            EXCEPT SELECT event_type, key FROM {_logKeys}
            """,
            atMost,
            cancellationToken,
            Array.ConvertAll(known, topic => topic.Topic),
            Array.ConvertAll(known, topic => topic.Since!.Value));
        return new ReadModelReport(
            withoutRow,
            firstWithoutRow,
            withoutEvent,
            firstWithoutEvent,
            [.. since.Where(topic => topic.Since is null).Select(topic => topic.Topic)]);
    }

    /// <summary>Drops the temporary tables, because the connection may be used again.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync($"DROP TABLE IF EXISTS {_modelKeys}, {_logKeys}", CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // With a lost connection its temporary tables are gone.
        }
    }

    /// <summary>The types in the service's view that the group handles, each with its topic.</summary>
    private static async Task<Dictionary<string, string>?> DeclaredAsync(
        NpgsqlConnection database, RegisteredGroup group, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand($"SELECT to_regclass('{ReadModelKeys.View}') IS NOT NULL", database);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return null;
        }

        await using var command = new NpgsqlCommand(
            $"""
            SELECT DISTINCT event_type, topic FROM {ReadModelKeys.View}
            WHERE "group" = $1 AND key IS NULL AND topic = ANY ($2) AND event_type = ANY ($3)
            """,
            database)
        {
            CommandTimeout = TimeoutSeconds,
            Parameters =
            {
                new() { Value = group.Name }, new() { Value = group.Topics.ToArray() }, new() { Value = group.EventTypes.Keys.ToArray() },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var declared = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            declared.Add(reader.GetString(0), reader.GetString(1));
        }

        return declared;
    }

    private async Task<(long Count, List<EventKey> First)> FindAsync(
        string query, int atMost, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT event_type, key, count(*) OVER () FROM ({query}) AS keys ORDER BY event_type, key LIMIT $1", _database)
        {
            CommandTimeout = TimeoutSeconds,
            Parameters = { new() { Value = atMost } },
        };
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (count, first) = (0L, new List<EventKey>());
        while (await reader.ReadAsync(cancellationToken))
        {
            count = reader.GetInt64(2);
            first.Add(new EventKey(reader.GetString(0), reader.GetString(1)));
        }

        return (count, first);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, _database) { CommandTimeout = TimeoutSeconds };
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Name(string table) => table["pg_temp.".Length..];
}
