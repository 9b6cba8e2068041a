using System.Data;
using System.Net.Sockets;
using Npgsql;

namespace EventDriven.Messaging.Operations.Databases;

/// <summary>An open connection to a service's database.</summary>
/// <param name="Name">Name of its connection string.</param>
/// <param name="Connection">The connection.</param>
public sealed record OpenDatabase(string Name, NpgsqlConnection Connection) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Opens a database; null, and the reason, when it does not answer.</summary>
    internal static async Task<(OpenDatabase? Open, string? Error)> TryOpenAsync(
        ServiceDatabase database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        try
        {
            await OpenAliveAsync(connection, cancellationToken);
            return (new OpenDatabase(database.Name, connection), null);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();
            return (null, exception.Message);
        }
    }

    // The pool may still have a connection that a restart of PostgreSQL has closed, which only its next statement tells. The failure has
    // emptied the pool, so the second one is new.
    private static async Task OpenAliveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        try
        {
            await using var question = new NpgsqlCommand("SELECT 1", connection);
            await question.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException) when (connection.State != ConnectionState.Open)
        {
            await connection.CloseAsync();
            NpgsqlConnection.ClearPool(connection);
            await connection.OpenAsync(cancellationToken);
        }
    }
}
