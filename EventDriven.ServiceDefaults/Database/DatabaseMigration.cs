using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.ServiceDefaults.Database;

/// <summary>
/// Migrates the service's own database before anything else starts: hosted services start in the order of registration, so it precedes
/// messaging. Instances wait for one another (by a lock) and for a server that isn't up yet.
/// </summary>
internal sealed partial class DatabaseMigration<TContext>(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<DatabaseMigration<TContext>> logger) : IHostedService
    where TContext : DbContext
{
    // An arbitrary number; nothing else in the service's own database locks with it.
    private const long LockKey = 0x6D6967726174;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await MigrateAsync(scope.ServiceProvider.GetRequiredService<TContext>().Database, cancellationToken);
                return;
            }
            catch (Exception exception) when (IsTransient(exception) && time.GetElapsedTime(started) < Bound)
            {
                Log.Waiting(logger, exception.Message, RetryDelay);
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    // EF Core puts what its execution strategy takes for transient into an exception of its own.
    private static bool IsTransient(Exception exception) =>
        (exception is InvalidOperationException ? exception.InnerException : exception) is NpgsqlException { IsTransient: true };

    // EF Core's own lock ends with each migration's transaction: two instances that start together would both apply the second migration.
    private static async Task MigrateAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (!await database.CanConnectAsync(cancellationToken))
        {
            // There is no database yet, or it doesn't answer; in the latter case this throws.
            await database.MigrateAsync(cancellationToken);
            return;
        }

        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({LockKey})", cancellationToken);
            await RefuseFormerAsync(database, cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
            await database.CloseConnectionAsync();
        }
    }

    // The first migration of this version replaces those of former ones, and bears the id of their last.
    private static async Task RefuseFormerAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var applied = await database.GetAppliedMigrationsAsync(cancellationToken);
        var first = database.GetMigrations().FirstOrDefault();
        if (applied.LastOrDefault() is { } last && StringComparer.Ordinal.Compare(last, first) < 0)
        {
            throw new InvalidOperationException(
                $"The database was migrated up to '{last}', and this version of the service begins at '{first}': "
                + "start the version before it once, which migrates the database to there.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "Database migration failed ({Reason}) and is tried again in {Delay}.")]
        public static partial void Waiting(ILogger logger, string reason, TimeSpan delay);
    }
}
