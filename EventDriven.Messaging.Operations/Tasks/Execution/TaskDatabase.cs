using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Operations.Tasks.Execution;

/// <summary>Checks that a task makes before it begins.</summary>
internal static class TaskDatabase
{
    /// <exception cref="OperationFailedException">It does not answer, or another version of the service has migrated it.</exception>
    public static async Task RequireCurrentSchemaAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        if (!await database.CanConnectAsync(cancellationToken))
        {
            throw new OperationFailedException(
                "The service's database does not answer. Is PostgreSQL running, and is the service's connection string right?",
                ExitCode.Unreachable);
        }

        var known = database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await database.GetAppliedMigrationsAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        if (known.Except(applied, StringComparer.Ordinal).Any()
            || await SchemaVersionAsync(database, cancellationToken) < MessagingSchema.Version)
        {
            throw new OperationFailedException(
                "The database is older than this program. Start this version of the service once, so that it migrates its database.");
        }

        // Those before the known ones are of former versions, whose migrations were made one.
        if (applied.Any(migration => StringComparer.Ordinal.Compare(migration, known.Max(StringComparer.Ordinal)) > 0))
        {
            throw new OperationFailedException("The database is newer than this program. Use the program of the version that is running.");
        }
    }

    private static async Task<int> SchemaVersionAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            return (await SchemaState.ReadAsync((NpgsqlConnection)database.GetDbConnection(), cancellationToken)).Version;
        }
        finally
        {
            await database.CloseConnectionAsync();
        }
    }

    /// <summary>Schema of the service's tables.</summary>
    public static async Task<string> SchemaAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT current_schema()", database);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <exception cref="OperationFailedException">The service has never consumed.</exception>
    public static async Task<RegisteredGroup> RegisteredAsync(
        NpgsqlConnection database, string group, CancellationToken cancellationToken) =>
        (await new GroupAdmin(database).ListAsync(cancellationToken)).SingleOrDefault(registered => registered.Name == group)
            ?? throw new OperationFailedException($"Group '{group}' has never read anything. Start its service once.");

    /// <summary>A client of the service's Kafka.</summary>
    public static KafkaAdmin Admin(IServiceProvider services) => KafkaAdmin.Open(services.GetRequiredService<KafkaSettings>());

    /// <exception cref="OperationFailedException">The group reads another log.</exception>
    public static async Task RequireSameLogAsync(
        IAdminClient admin, IServiceProvider services, RegisteredGroup group, CancellationToken cancellationToken)
    {
        // A broker without an id has a name that only the service may know.
        var named = services.GetRequiredService<IOptions<MessagingOptions>>().Value.Cluster;
        var id = named ?? await ClusterId.ReadAsync(admin, cancellationToken);
        if (named is null ? !ClusterId.IsOf(id, group.Cluster) : named != group.Cluster)
        {
            throw new OperationFailedException(
                $"Group '{group.Name}' reads the log '{group.Cluster}', but this broker's log is '{id}'. "
                + "Set the connection string 'kafka' and Messaging:Cluster as the service has them.");
        }
    }
}
