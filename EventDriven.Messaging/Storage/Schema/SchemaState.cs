using Npgsql;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>What a service finds in its database, and may do there.</summary>
/// <param name="Role">The role of the service.</param>
/// <param name="Database">Name of the database.</param>
/// <param name="Exists">Whether the schema is there.</param>
/// <param name="MayInstall">Whether the role may create the schema or, where it is there, tables in it.</param>
/// <param name="MayUse">Whether the role may read and write all of its tables; true where there are none.</param>
/// <param name="HasVersions">Whether the schema has its record of steps.</param>
/// <param name="Trigger">Whether the outbox's trigger fires, as PostgreSQL writes it; null where there is none.</param>
internal sealed record SchemaState(
    string Role, string Database, bool Exists, bool MayInstall, bool MayUse, bool HasVersions, string? Trigger)
{
    /// <summary>The last step that was applied; 0 for none.</summary>
    public int Version { get; private init; }

    /// <summary>Whether the outbox's trigger fires for what services write: O and A do, D is disabled, R fires on replicas only.</summary>
    public bool IsOrdered => Trigger is "O" or "A";

    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public static async Task<SchemaState> ReadAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        // From the catalog, which everybody may read: to name a table of a schema without the right to use it is an error.
        var state = await ReadCatalogAsync(database, cancellationToken);
        return state is { MayUse: true, HasVersions: true }
            ? state with { Version = await ReadVersionAsync(database, cancellationToken) }
            : state;
    }

    private static async Task<SchemaState> ReadCatalogAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH schema AS (SELECT oid FROM pg_namespace WHERE nspname = 'messaging'),
            tables AS (SELECT oid, relname FROM pg_class WHERE relnamespace = (SELECT oid FROM schema) AND relkind IN ('r', 'p'))
            SELECT current_user::text, current_database()::text, EXISTS (SELECT FROM schema),
                coalesce((SELECT has_schema_privilege(oid, 'CREATE') FROM schema), has_database_privilege(current_database(), 'CREATE')),
                coalesce((SELECT has_schema_privilege(oid, 'USAGE') FROM schema), true) AND coalesce((
                    SELECT bool_and(has_table_privilege(oid, 'SELECT') AND (relname = 'schema_versions' OR (
                        has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE'))))
                    FROM tables), true),
                EXISTS (SELECT FROM tables WHERE relname = 'schema_versions'),
                (SELECT tgenabled::text FROM pg_trigger
                 WHERE tgrelid = (SELECT oid FROM tables WHERE relname = 'outbox') AND tgname = 'outbox_order' AND NOT tgisinternal)
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new SchemaState(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetBoolean(2),
            reader.GetBoolean(3),
            reader.GetBoolean(4),
            reader.GetBoolean(5),
            await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetString(6));
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM messaging.schema_versions", database);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
