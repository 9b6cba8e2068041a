using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Messaging.Storage;

/// <summary>
/// A context's connection, open for commands that are written by hand, and closed with this. A context that returns to its pool keeps what
/// was opened by hand open: that connection would be missing in PostgreSQL's limit as long as nobody takes the context again.
/// </summary>
internal readonly struct OpenConnection : IAsyncDisposable, IDisposable
{
    private readonly DbContext _database;

    private OpenConnection(DbContext database) => _database = database;

    public NpgsqlConnection Npgsql => (NpgsqlConnection)_database.Database.GetDbConnection();

    public static async Task<OpenConnection> OfAsync(DbContext database, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        return new OpenConnection(database);
    }

    public static OpenConnection Of(DbContext database)
    {
        database.Database.OpenConnection();
        return new OpenConnection(database);
    }

    public void Dispose() => _database.Database.CloseConnection();

    public ValueTask DisposeAsync() => new(_database.Database.CloseConnectionAsync());
}
