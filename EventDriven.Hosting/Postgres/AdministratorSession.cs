using Npgsql;

#if EVENTDRIVEN_CLI
namespace EventDriven.Cli.Roles;
#else
namespace EventDriven.Hosting.Postgres;
#endif

/// <summary>
/// An administrator's session on a server, in which roles, databases and rights are changed, one session after another: two that change the
/// rights on the same database at once would fail. The command line compiles this file, too.
/// </summary>
internal sealed class AdministratorSession : IAsyncDisposable
{
    // For as long as the session lasts.
    private const string Lock = "SELECT pg_advisory_lock(7887330721877089128)";

    private readonly NpgsqlConnection _server;

    private AdministratorSession(NpgsqlConnection server) => _server = server;

    /// <summary>Begins when no other session is open.</summary>
    public static async Task<AdministratorSession> BeginAsync(string administrator, CancellationToken cancellationToken)
    {
        var server = await OpenAsync(administrator, "postgres", cancellationToken);
        await using var locked = new NpgsqlCommand(Lock, server);
        await locked.ExecuteNonQueryAsync(cancellationToken);
        return new AdministratorSession(server);
    }

    /// <summary>Runs SQL in a database of the server, without a session.</summary>
    public static async Task RunInAsync(string administrator, string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(administrator, database, cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The connection string of another role on the same server.</summary>
    public static string ConnectionString(string administrator, string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder(administrator) { Username = role, Password = password, Database = database }.ConnectionString;

    /// <summary>
    /// Runs the statement that a query composes. Such statements take no parameters, so the server quotes what is in them.
    /// </summary>
    public async Task RunAsync(string compose, CancellationToken cancellationToken, params string[] values)
    {
        await using var composed = new NpgsqlCommand(compose, _server);
        composed.Parameters.AddRange(Array.ConvertAll(values, value => new NpgsqlParameter<string> { TypedValue = value }));
        await using var statement = new NpgsqlCommand((string)(await composed.ExecuteScalarAsync(cancellationToken))!, _server);
        await statement.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<NpgsqlConnection> OpenAsync(string administrator, string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(administrator) { Database = database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
