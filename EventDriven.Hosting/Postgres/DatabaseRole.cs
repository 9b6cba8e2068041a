#if EVENTDRIVEN_CLI
namespace EventDriven.Cli.Roles;
#else
namespace EventDriven.Hosting.Postgres;
#endif

/// <summary>
/// A role that owns one database and may use nothing else on the server: no superuser, no other database, no right to create one. The
/// command line compiles this file, too, for deployments and for a consumer that joins a running application.
/// </summary>
/// <param name="Name">Name of the role.</param>
/// <param name="Password">Its password.</param>
/// <param name="Database">Its database.</param>
internal sealed record DatabaseRole(string Name, string Password, string Database)
{
    private const string DatabaseSuffix = "db";

    // Only a superuser may take away what only a superuser can have given.
    private const string CreateOrAlterRole =
        """
        SELECT CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = $1)
            THEN format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE%s PASSWORD %L', $1,
                (SELECT CASE WHEN rolsuper THEN ' NOSUPERUSER NOREPLICATION NOBYPASSRLS' ELSE '' END
                    FROM pg_roles WHERE rolname = current_user), $2)
            ELSE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L', $1, $2) END
        """;

    // An administrator who is no superuser, as managed servers have, may give a database only to a role that it is a member of.
    private const string JoinRole =
        """
        SELECT CASE WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN 'SELECT 1'
            ELSE format('GRANT %I TO CURRENT_USER', $1) END
        """;

    private const string CreateOrAlterDatabase =
        """
        SELECT CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = $1)
            THEN format('ALTER DATABASE %I OWNER TO %I', $1, $2) ELSE format('CREATE DATABASE %I OWNER %I', $1, $2) END
        """;

    // Everybody may connect to a new database, and to those that the server came with, which are not every administrator's to close.
    private const string LockOut =
        """
        SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC%s', $1, CASE
            WHEN (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
            THEN '; REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC' ELSE '' END)
        """;

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
    public string ConnectionString(string administrator) =>
        AdministratorSession.ConnectionString(administrator, Name, Password, Database);

    /// <summary>Creates role and database where they are missing, and sets both right where they are not.</summary>
    /// <param name="administrator">Connection string of a superuser, or of a role that may create roles and databases.</param>
    /// <param name="cancellationToken">Gives up; what is done by then stays, and the next call goes on.</param>
    public async Task EnsureAsync(string administrator, CancellationToken cancellationToken)
    {
        await using (var session = await AdministratorSession.BeginAsync(administrator, cancellationToken))
        {
            await session.RunAsync(CreateOrAlterRole, cancellationToken, Name, Password);
            await session.RunAsync(JoinRole, cancellationToken, Name);
            await session.RunAsync(CreateOrAlterDatabase, cancellationToken, Database, Name);
            await session.RunAsync(LockOut, cancellationToken, Database);
        }

        await AdministratorSession.RunInAsync(administrator, Database, HandOver, cancellationToken);
    }
}
