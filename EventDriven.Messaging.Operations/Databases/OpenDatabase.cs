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
            await connection.OpenAsync(cancellationToken);
            return (new OpenDatabase(database.Name, connection), null);
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException)
        {
            await connection.DisposeAsync();
            return (null, exception.Message);
        }
    }
}
