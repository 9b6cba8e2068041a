using Npgsql;

#if EVENTDRIVEN_CLI
namespace EventDriven.Cli.Running;
#else
namespace EventDriven.Hosting.Postgres;
#endif

/// <summary>
/// A role that owns one database and may use nothing else on the server: no superuser, no other database, no right to create one. The
/// command line compiles this file, too, for a consumer that joins a running application.
/// </summary>
/// <param name="Name">Name of the role.</param>
/// <param name="Password">Its password.</param>
/// <param name="Database">Its database.</param>
internal sealed record DatabaseRole(string Name, string Password, string Database)
{
    private const string DatabaseSuffix = "db";

    // One after another, for as long as the session lasts: two that change the rights on the same database at once would fail.
    private const string Lock = "SELECT pg_advisory_lock(7887330721877089128)";

    // The server composes the statements, which take no parameters, and quotes what is in them.
    private const string CreateOrAlterRole =
        """
        SELECT format('%s ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
            CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1) THEN 'ALTER' ELSE 'CREATE' END, $1, $2)
        """;

    private const string CreateOrAlterDatabase =
        """
        SELECT CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = $1)
            THEN format('ALTER DATABASE %I OWNER TO %I', $1, $2) ELSE format('CREATE DATABASE %I OWNER %I', $1, $2) END
        """;

    // Everybody may connect to a new database, and to those that the server came with.
    private const string LockOut =
        "SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC; REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC', $1)";

    // What the administrator made in the database, as this application's former versions did, becomes the role's.
    private const string HandOver =
        """
        DO $$
        DECLARE
            role text := (SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database());
            statement text;
        BEGIN
            FOR statement IN
                SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, role) FROM pg_namespace
                    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') AND pg_get_userbyid(nspowner) <> role
                UNION ALL
                SELECT format('ALTER %s %s OWNER TO %I', CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW'
                        WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass, role)
                    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm', 'S')
                        AND pg_get_userbyid(relowner) <> role
                        -- A column's sequence goes with its table.
                        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND relkind = 'S' AND d.deptype IN ('a', 'i'))
                UNION ALL
                SELECT format('ALTER ROUTINE %s OWNER TO %I', p.oid::regprocedure, role)
                    FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
                    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND pg_get_userbyid(proowner) <> role
            LOOP
                EXECUTE statement;
            END LOOP;
        END $$
        """;

    /// <summary>The role of a database's service: <c>checkout</c> for <c>checkoutdb</c>.</summary>
    public static string NameFor(string database) =>
        database.Length > DatabaseSuffix.Length && database.EndsWith(DatabaseSuffix, StringComparison.Ordinal)
            ? database[..^DatabaseSuffix.Length]
            : database;

    /// <summary>Connection string by which the role reaches its database.</summary>
    /// <param name="administrator">Connection string of another role on the server.</param>
    public string ConnectionString(string administrator) => new NpgsqlConnectionStringBuilder(administrator)
    {
        Username = Name,
        Password = Password,
        Database = Database,
    }.ConnectionString;

    /// <summary>Creates role and database where they are missing, and sets both right where they are not.</summary>
    /// <param name="administrator">Connection string of a superuser, or of a role that may create roles and databases.</param>
    /// <param name="cancellationToken">Gives up; what is done by then stays, and the next call goes on.</param>
    public async Task EnsureAsync(string administrator, CancellationToken cancellationToken)
    {
        await using (var server = await OpenAsync(administrator, "postgres", cancellationToken))
        {
            await using var locked = new NpgsqlCommand(Lock, server);
            await locked.ExecuteNonQueryAsync(cancellationToken);
            await RunAsync(server, CreateOrAlterRole, cancellationToken, Name, Password);
            await RunAsync(server, CreateOrAlterDatabase, cancellationToken, Database, Name);
            await RunAsync(server, LockOut, cancellationToken, Database);
        }

        await using var database = await OpenAsync(administrator, Database, cancellationToken);
        await using var handOver = new NpgsqlCommand(HandOver, database);
        await handOver.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string administrator, string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(administrator) { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task RunAsync(
        NpgsqlConnection server, string compose, CancellationToken cancellationToken, params string[] values)
    {
        await using var composed = new NpgsqlCommand(compose, server);
        composed.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter<string> { TypedValue = value }));
        await using var statement = new NpgsqlCommand((string)(await composed.ExecuteScalarAsync(cancellationToken))!, server);
        await statement.ExecuteNonQueryAsync(cancellationToken);
    }
}
