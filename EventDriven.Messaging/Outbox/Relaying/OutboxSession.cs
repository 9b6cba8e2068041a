using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Opens a connection of its own, outside of any pool: what a session locks or listens to must end with it, and a pooled connection keeps it
/// until somebody else uses it.
/// </summary>
internal static class OutboxSession
{
    private const int KeepAliveSeconds = 10;
    private const int Statements = 8;

    // A batch of events is hundreds of kilobytes; with the usual 8 there would be a wake-up for every ten events.
    private const int ReadBufferBytes = 128 * 1024;

    public static async Task<NpgsqlConnection> OpenAsync<TContext>(IServiceScopeFactory scopes, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var scope = scopes.CreateAsyncScope();
        var settings = new NpgsqlConnectionStringBuilder(
            scope.ServiceProvider.GetRequiredService<TContext>().Database.GetConnectionString())
        {
            Pooling = false,
            KeepAlive = KeepAliveSeconds,
            ReadBufferSize = ReadBufferBytes,
            MaxAutoPrepare = Statements,
            AutoPrepareMinUsages = 2,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
