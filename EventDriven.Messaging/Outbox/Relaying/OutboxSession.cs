using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>
/// Opens a connection outside of any pool. Locks and LISTEN must end with the session; a pooled connection would keep them until its next
/// use.
/// </summary>
internal static class OutboxSession
{
    private const int KeepAliveSeconds = 10;
    private const int Statements = 8;

    // A batch of events takes hundreds of kilobytes. With the default buffer of 8 KiB, the client would wake up for every ten events.
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
