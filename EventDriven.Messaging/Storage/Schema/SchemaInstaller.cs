using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>
/// Brings the schema of a database to the version that this library needs, step by step, each in a transaction. Instances that start
/// together install one after the other. A newer version than this library knows is left alone: its steps have only added.
/// </summary>
internal sealed partial class SchemaInstaller(TimeProvider time, ILogger logger)
{
    // Shorter than PostgreSQL's deadlock_timeout (1 s): of two that wait for one another it must be the installation that gives way.
    private const string LockTimeout = "500ms";
    private static readonly TimeSpan LockRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Installs or upgrades.</summary>
    /// <param name="database">Open, as the service is.</param>
    /// <param name="publishes">Whether the service has an outbox.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why the service can't use the schema; null when it can.</returns>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task<string?> InstallAsync(NpgsqlConnection database, bool publishes, CancellationToken cancellationToken)
    {
        var state = await SchemaState.ReadAsync(database, cancellationToken);
        if (state.Version > MessagingSchema.Version)
        {
            Log.Newer(logger, state.Version, MessagingSchema.Version);
        }

        if (SchemaRefusal.Of(state, publishes) is { } refusal)
        {
            return refusal;
        }

        try
        {
            foreach (var step in SchemaStep.All.Where(step => step.Number > state.Version))
            {
                await ApplyAsync(database, step, cancellationToken);
                Log.Applied(logger, step.Number);
            }

            return null;
        }
        catch (PostgresException exception) when (!exception.IsTransient)
        {
            return SchemaRefusal.Of(state, exception);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection database, SchemaStep step, CancellationToken cancellationToken)
    {
        while (!await TryApplyAsync(database, step, cancellationToken))
        {
            Log.Locked(logger, step.Number, LockRetryDelay);
            await Task.Delay(LockRetryDelay, time, cancellationToken);
        }
    }

    /// <summary>False when transactions that run hold a table for long.</summary>
    private static async Task<bool> TryApplyAsync(NpgsqlConnection database, SchemaStep step, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        await using var apply = new NpgsqlCommand(
            $"{SchemaSql.Lock} SET LOCAL lock_timeout = '{LockTimeout}'; {SchemaSql.CreateSchema} {SchemaSql.Apply(step)}",
            database,
            transaction)
        { CommandTimeout = 0 };
        try
        {
            await apply.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(142, LogLevel.Information, "Step {Version} of the schema 'messaging' is installed.")]
        public static partial void Applied(ILogger logger, int version);

        [LoggerMessage(143, LogLevel.Warning, "The schema 'messaging' has version {Version}, which is newer than this instance's {Known}: "
            + "a newer version of the service runs beside it.")]
        public static partial void Newer(ILogger logger, int version, int known);

        [LoggerMessage(144, LogLevel.Information, "Step {Version} of the schema 'messaging' waits for transactions that use the tables; "
            + "trying again in {Delay}.")]
        public static partial void Locked(ILogger logger, int version, TimeSpan delay);
    }
}
