#if EVENTDRIVEN_CLI
using EventDriven.Cli.Roles;

namespace EventDriven.Cli.Audit.Trail;
#else
using EventDriven.Hosting.Postgres;

namespace EventDriven.AppHost.Model;
#endif

/// <summary>
/// The database of the audit trail: its owner is a role that can't log in, and the commands have a role that may only add and read
/// entries. The AppHost compiles this file, too, and sets the database up for a local run.
/// </summary>
/// <param name="Password">Password of <see cref="Role"/>.</param>
/// <param name="Database">Its name.</param>
internal sealed record AuditDatabase(string Password, string Database = AuditDatabase.Name)
{
    /// <summary>Name of the database and of its connection string.</summary>
    public const string Name = "auditdb";

    /// <summary>The role that commands have. The role of a service is called as its database is, which has no underscore.</summary>
    public const string Role = "audit_writer";

    /// <summary>The role that has the table, and can't log in.</summary>
    public const string Owner = "audit_owner";

    private const string Roles =
        $"""
        SELECT format('%s ROLE %I NOLOGIN; %s ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L',
            CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = '{Owner}') THEN 'ALTER' ELSE 'CREATE' END, '{Owner}',
            CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = '{Role}') THEN 'ALTER' ELSE 'CREATE' END, '{Role}', $1)
        """;

    private const string CreateOrAlterDatabase =
        $"""
        SELECT format(CASE WHEN EXISTS (SELECT FROM pg_database WHERE datname = $1)
            THEN 'ALTER DATABASE %I OWNER TO {Owner}' ELSE 'CREATE DATABASE %I OWNER {Owner} ENCODING ''UTF8'' TEMPLATE template0' END, $1)
        """;

    private const string Rights =
        $"SELECT format('REVOKE ALL ON DATABASE %1$I FROM PUBLIC, {Role}; GRANT CONNECT ON DATABASE %1$I TO {Role}', $1)";

    /// <summary>The SQL with which an administrator sets the trail up on a server of their own, for psql.</summary>
    public static string Script() =>
        $"""
        -- The audit trail of ./eventdriven. Run it as an administrator of the server, in psql, after you have chosen a password.
        \set ON_ERROR_STOP on
        CREATE ROLE {Owner} NOLOGIN;
        CREATE ROLE {Role} LOGIN PASSWORD 'choose-one';
        GRANT {Owner} TO CURRENT_USER;
        CREATE DATABASE {Name} OWNER {Owner} ENCODING 'UTF8' TEMPLATE template0;
        REVOKE ALL ON DATABASE {Name} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {Name} TO {Role};
        \connect {Name}
        DO $$ BEGIN
            IF current_database() <> '{Name}' THEN
                RAISE EXCEPTION 'Nothing is made in %: connect to {Name}.', current_database();
            END IF;
        END $$;
        {Tables()}
        REVOKE {Owner} FROM CURRENT_USER;
        """;

    /// <summary>Connection string by which commands reach the trail.</summary>
    /// <param name="administrator">Connection string of another role on the server.</param>
    public string ConnectionString(string administrator) =>
        AdministratorSession.ConnectionString(administrator, Role, Password, Database);

    /// <summary>Creates roles, database and table where they are missing, and sets their rights. It can be repeated.</summary>
    /// <param name="administrator">Connection string of a superuser.</param>
    /// <param name="cancellationToken">Gives up; what is done by then stays, and the next call goes on.</param>
    public async Task EnsureAsync(string administrator, CancellationToken cancellationToken)
    {
        await using (var session = await AdministratorSession.BeginAsync(administrator, cancellationToken))
        {
            await session.RunAsync(Roles, cancellationToken, Password);
            await session.RunAsync(CreateOrAlterDatabase, cancellationToken, Database);
            await session.RunAsync(Rights, cancellationToken, Database);
        }

        await AdministratorSession.RunInAsync(administrator, Database, Tables(), cancellationToken);
    }

    private static string Tables()
    {
        using var reader = new StreamReader(typeof(AuditDatabase).Assembly.GetManifestResourceStream("AuditTables.sql")!);
        return reader.ReadToEnd();
    }
}
