using EventDriven.Cli.Roles;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Installation;

/// <summary>A database as its service's connection string declares it.</summary>
/// <param name="Role">The role that the service has, and its database.</param>
/// <param name="ConnectionString">The service's connection string.</param>
internal sealed record DeclaredDatabase(DatabaseRole Role, string ConnectionString)
{
    // Not the rights of everybody, but those of the role itself.
    private const string IsOwnAndNothingElse =
        """
        SELECT pg_get_userbyid(datdba) = current_user
            AND NOT EXISTS (SELECT FROM aclexplode(datacl) WHERE grantee = 0)
            AND datacl IS NOT NULL
            AND NOT (SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user)
        FROM pg_database WHERE datname = current_database()
        """;

    /// <summary>What a connection string declares.</summary>
    /// <exception cref="OperationFailedException">
    /// It lacks role, password or database, its role is the administrator, or it is on another server.
    /// </exception>
    public static DeclaredDatabase Of(ServiceDatabase database, string administrator)
    {
        var (own, server) = (
            new NpgsqlConnectionStringBuilder(database.ConnectionString), new NpgsqlConnectionStringBuilder(administrator));
        if (own is not { Username: { Length: > 0 } role, Password: { Length: > 0 } password, Database: { Length: > 0 } name })
        {
            throw new OperationFailedException(
                $"ConnectionStrings__{database.Name} does not say which role owns the database, and with which password: give it the "
                + "form Host=…;Username=…;Password=…;Database=…",
                ExitCode.Usage);
        }

        return (own.Host, own.Port) != (server.Host, server.Port) ? throw new OperationFailedException(
                $"ConnectionStrings__{database.Name} names another server ({own.Host}:{own.Port}) than the administrator's "
                + $"({server.Host}:{server.Port}): run the command once for each server, with that server's connection strings.",
                ExitCode.Usage)
            : role == server.Username ? throw new OperationFailedException(
                $"ConnectionStrings__{database.Name} names the administrator '{role}': give the service a role of its own.",
                ExitCode.Usage)
            : new DeclaredDatabase(new DatabaseRole(role, password, name), database.ConnectionString);
    }

    /// <summary>Whether the service can log in, owns its database, and may use nothing else.</summary>
    /// <exception cref="NpgsqlException">The server does not answer.</exception>
    public async Task<bool> IsAsDeclaredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(IsOwnAndNothingElse, connection);
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }
        catch (PostgresException exception) when (!exception.IsTransient)
        {
            // No such role or database, another password, or no right to connect.
            return false;
        }
    }
}
