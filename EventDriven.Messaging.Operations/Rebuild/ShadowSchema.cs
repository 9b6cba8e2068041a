using Confluent.Kafka;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// The copies of a service's tables, in a schema of their own in the same database, until they replace the tables.
/// </summary>
/// <param name="database">The service's database, on the search path of the service.</param>
/// <param name="live">Schema of the service's tables.</param>
internal sealed class ShadowSchema(NpgsqlConnection database, string live)
{
    /// <summary>Name of the schema.</summary>
    public const string Name = "rebuild";

    private const string History = "__EFMigrationsHistory";

    // Shorter than PostgreSQL's deadlock_timeout (1 s), so that the switch gives way and not the service.
    private const string LockTimeout = "500ms";

    private string[] _views = [];
    private long _migrations;

    /// <summary>
    /// Creates empty tables: the service's own with its migrations, so that they and their indexes equal the service's own, and those of
    /// the library that record which events are in them.
    /// </summary>
    /// <param name="migrations">Script of all migrations.</param>
    /// <param name="tables">Tables that are replaced.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task CreateAsync(string migrations, ReadModelTables tables, CancellationToken cancellationToken)
    {
        // An interrupted rebuild may have left its copies.
        await DropAsync(cancellationToken);
        await ExecuteAsync($"CREATE SCHEMA {Name}; SET search_path = {Name}", cancellationToken);
        await ExecuteAsync(migrations, cancellationToken);
        await ExecuteAsync($"SET search_path = {Quote(live)}", cancellationToken);
        _views = await ViewsAsync(cancellationToken);
        _migrations = await CountMigrationsAsync(cancellationToken);
        foreach (var account in tables.Accounts)
        {
            await ExecuteAsync(Copy(account), cancellationToken);
        }
    }

    /// <summary>Drops the copies.</summary>
    public Task DropAsync(CancellationToken cancellationToken) => ExecuteAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE", cancellationToken);

    /// <summary>Copies discarded events into the inbox of the copies, so that they are not applied.</summary>
    public Task CopyDiscardsAsync(string group, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        INSERT INTO {Name}.inbox ("group", identity, content, major, handled_at)
        SELECT DISTINCT ON (identity) "group", identity, content, {EventName.MajorSql("type")}, changed_at FROM messaging.dead_letters
        WHERE "group" = $1 AND state = 'discarded' AND identity IS NOT NULL
          AND topic <> ALL (SELECT unnest(hearsay_topics) FROM messaging.consumer_groups WHERE "group" = $1)
        ON CONFLICT DO NOTHING
        """,
        cancellationToken,
        group);

    /// <summary>Updates the planner's statistics of the copies: after the switch it must not take a large table for an empty one.</summary>
    public Task AnalyzeAsync(ReadModelTables tables, CancellationToken cancellationToken) =>
        ExecuteAsync($"ANALYZE {string.Join(", ", tables.Accounts.Concat(tables.Own).Select(Shadow))}", cancellationToken);

    /// <summary>Begins the switch: locks the tables against readers and writers.</summary>
    /// <param name="tables">Tables that are replaced.</param>
    /// <param name="group">Consumer group.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The transaction; null when a reader or a writer held a table for too long.</returns>
    public async Task<NpgsqlTransaction?> BeginSwitchAsync(ReadModelTables tables, string group, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginTransactionAsync(cancellationToken);
        try
        {
            // In the order in which a consumer's transaction locks the tables. The lock on the history
            // waits for a running migration to end.
            await ExecuteAsync($"SET LOCAL lock_timeout = '{LockTimeout}'", cancellationToken);
            await ConsumedLogTable.LockAsync(database, group, cancellationToken);
            await ExecuteAsync(
                $"""
                LOCK TABLE {Live(History)} IN SHARE MODE;
                LOCK TABLE {string.Join(", ", tables.Accounts.Select(OfMessaging).Concat(tables.Own.Concat(_views).Select(Live)))}
                    IN ACCESS EXCLUSIVE MODE
                """,
                cancellationToken);
            return transaction;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected)
        {
            await transaction.DisposeAsync();
            return null;
        }
    }

    /// <summary>Within the switch: whether the service's tables were migrated since the copies were made.</summary>
    public async Task<bool> IsMigratedAsync(CancellationToken cancellationToken) =>
        await CountMigrationsAsync(cancellationToken) != _migrations;

    /// <summary>Within the switch: replaces the tables with the copies.</summary>
    /// <param name="tables">Tables that are replaced.</param>
    /// <param name="group">Consumer group.</param>
    /// <param name="cluster">The log that it reads.</param>
    /// <param name="positions">Offsets at which the group goes on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task SwitchAsync(
        ReadModelTables tables,
        string group,
        string cluster,
        IReadOnlyDictionary<TopicPartition, long> positions,
        CancellationToken cancellationToken)
    {
        await CopyDiscardsAsync(group, cancellationToken);
        await ExecuteAsync($"DELETE FROM {Name}.consumer_offsets", cancellationToken);
        await ExecuteAsync(
            $"""
            INSERT INTO {Name}.consumer_offsets ("group", topic, partition, cluster, next_offset)
            SELECT $1, topic, partition, $2, next_offset FROM unnest($3, $4, $5) AS p (topic, partition, next_offset)
            """,
            cancellationToken,
            group,
            cluster,
            positions.Keys.Select(p => p.Topic).ToArray(),
            positions.Keys.Select(p => p.Partition.Value).ToArray(),
            positions.Values.ToArray());

        // Types that were bound later are now applied from the beginning, too.
        await ExecuteAsync("""UPDATE messaging.consumer_bindings SET since = '-infinity' WHERE "group" = $1""", cancellationToken, group);

        // Both without CASCADE: another object that depends on a table, or is left in the schema, must stop the switch. The service's own
        // views are created by its migrations, so each has its copy.
        await ExecuteAsync(
            $"""
            {string.Concat(tables.Accounts.Select(Replace))}
            {(_views.Length > 0 ? $"DROP VIEW {string.Join(", ", _views.Select(Live))};" : "")}
            DROP TABLE {string.Join(", ", tables.Own.Select(Live))};
            {string.Concat(tables.Own.Select(table => $"ALTER TABLE {Shadow(table)} SET SCHEMA {Quote(live)};\n"))}
            {string.Concat(_views.Select(view => $"ALTER VIEW {Shadow(view)} SET SCHEMA {Quote(live)};\n"))}
            DROP TABLE {Shadow(History)};
            DROP SCHEMA {Name}
            """,
            cancellationToken);
    }

    /// <summary>Rows by table, of the service's tables and of their copies.</summary>
    public async Task<IReadOnlyDictionary<string, TableRows>> CountAsync(IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, TableRows>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand(
                $"SELECT (SELECT count(*) FROM {Live(table)}), (SELECT count(*) FROM {Shadow(table)})", database)
            { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            counts.Add(table, new TableRows(reader.GetInt64(0), reader.GetInt64(1)));
        }

        return counts;
    }

    private async Task<string[]> ViewsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT coalesce(array_agg(viewname::text ORDER BY viewname), '{{}}') FROM pg_views WHERE schemaname = '{Name}'", database);
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<long> CountMigrationsAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {Live(History)}", database);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>
    /// Copies a table of messaging without its rows. Its indexes keep their names, which <c>LIKE</c> alone would not let them.
    /// </summary>
    private static string Copy(string table) =>
        $"""
        CREATE TABLE {Shadow(table)} (LIKE {OfMessaging(table)} INCLUDING ALL EXCLUDING INDEXES);
        DO $$
        DECLARE
            made text;
        BEGIN
            FOR made IN
                SELECT format('ALTER TABLE {Shadow(table)} ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE conrelid = '{OfMessaging(table)}'::regclass AND contype IN ('p', 'u')
                UNION ALL
                SELECT replace(pg_get_indexdef(indexrelid), ' ON messaging.', ' ON {Name}.') FROM pg_index
                WHERE indrelid = '{OfMessaging(table)}'::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            LOOP
                EXECUTE made;
            END LOOP;
        END $$;
        """;

    /// <summary>
    /// Puts the copy in the place of a table of messaging. A view that the former version of the service uses shows the copy from then on.
    /// </summary>
    private string Replace(string table) =>
        $"""
        DO $$ BEGIN
            IF (SELECT relkind FROM pg_class WHERE oid = to_regclass('{Live(table)}')) = 'v' THEN
                CREATE OR REPLACE VIEW {Live(table)} AS SELECT *, xmin FROM {Shadow(table)};
            END IF;
        END $$;
        DROP TABLE {OfMessaging(table)};
        ALTER TABLE {Shadow(table)} SET SCHEMA messaging;

        """;

    private static string OfMessaging(string table) => $"messaging.{table}";

    private string Live(string table) => $"{Quote(live)}.{Quote(table)}";

    private static string Shadow(string table) => $"{Name}.{Quote(table)}";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, database) { CommandTimeout = 0 };
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
