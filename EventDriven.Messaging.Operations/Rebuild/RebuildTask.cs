using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Rebuilds a service's read model from the log in copies of its tables, while the service goes on with the old ones. Then one transaction
/// replaces the tables with the copies. A rebuild that is killed at any instruction has changed everything or nothing.
/// </summary>
internal sealed partial class RebuildTask<TContext>(
    IServiceProvider services, IServiceScopeFactory scopes, TimeProvider time, ILogger<RebuildTask<TContext>> logger) : IServiceTask
    where TContext : DbContext
{
    private const string AllowLoss = "--allow-loss";

    /// <inheritdoc/>
    public string Name => TaskNames.Rebuild;

    /// <inheritdoc/>
    public IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal) { TaskNames.Change };

    /// <inheritdoc/>
    public IReadOnlySet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal) { AllowLoss };

    /// <inheritdoc/>
    public async Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken)
    {
        var group = Group();
        Log.Begun(logger, group.Name, Change(arguments));
        string migrations, connectionString;
        ReadModelTables tables;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var context = scope.ServiceProvider.GetRequiredService<TContext>();
            await TaskDatabase.RequireCurrentSchemaAsync(context.Database, cancellationToken);
            tables = ReadModelTables.Of(context);
            migrations = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
            connectionString = context.Database.GetConnectionString()!;
        }

        // Not pooled: a pool would keep the connection open, and with it the claim.
        await using var database = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await database.OpenAsync(cancellationToken);
        var shadow = new ShadowSchema(database, await TaskDatabase.SchemaAsync(database, cancellationToken));
        if (!await new GroupAdmin(database).TryClaimAsync(cancellationToken))
        {
            throw new OperationFailedException("A rebuild or a replay of this service is already running. Wait until it ends.");
        }

        var registered = await TaskDatabase.RegisteredAsync(database, group.Name, cancellationToken);
        using var admin = TaskDatabase.Admin(services);
        await TaskDatabase.RequireSameLogAsync(admin.Client, services, registered, cancellationToken);
        var log = await RebuildLog.ReadAsync(admin, database, group, registered, cancellationToken);
        var refuses = log.Losses.Any() && !arguments.Has(AllowLoss);
        try
        {
            await shadow.CreateAsync(migrations, tables, cancellationToken);
            await shadow.CopyDiscardsAsync(group.Name, cancellationToken);
            var run = new RebuildRun(
                log,
                arguments.Has(AllowLoss),
                new RebuildReader(
                    new EventReader(group, services.GetRequiredService<MessagingMetrics>(), logger),
                    Apply(registered, connectionString),
                    token => LiveDeadLetters.ReadAsync(database, group.Name, registered.Cluster, token)),
                shadow,
                tables,
                registered,
                database,
                admin,
                services.GetRequiredService<KafkaSettings>(),
                output,
                time);
            output.Write(await run.RunAsync(cancellationToken));
            return ExitCode.Done;
        }
        catch (EventNotAppliedException exception) when (refuses)
        {
            // The loss comes first. What a rebuild would leave can't be determined.
            throw new OperationFailedException(
                $"The log no longer has all events that the read model of '{group.Name}' was made from: {string.Join(", ", log.Losses)}. "
                + $"What a rebuild would leave can't be determined. {exception.Message}",
                exception.ExitCode,
                exception);
        }
        finally
        {
            await DropAsync(shadow);
        }
    }

    // Who runs the program by hand would change the read model, and the audit trail would not know.
    private static Guid Change(TaskArguments arguments) =>
        Guid.TryParse(arguments.Value(TaskNames.Change), out var id)
            ? id
            : throw new OperationFailedException(
                "A rebuild changes the read model, and the audit trail records who did it and why: run ./eventdriven rebuild, with "
                + $"--program for this program. It passes the id of what it has recorded with {TaskNames.Change}.",
                ExitCode.Usage);

    private ConsumerGroup Group()
    {
        var groups = services.GetServices<ConsumerGroup>().ToList();
        if (services.GetService<PublishedEvents>() is not null)
        {
            throw new OperationFailedException(
                "This service publishes events, and a rebuild would publish them all again. "
                + "Only a service that publishes nothing can be rebuilt. Use 'replay' here.",
                ExitCode.Usage);
        }

        return groups switch
        {
            [{ OffsetsInDatabase: true } only] => only,
            [var only] => throw new OperationFailedException(
                $"Group '{only.Name}' keeps its offsets in Kafka, so no transaction can replace them together with its tables. "
                + "Only a group with KeepsOffsetsInDatabase() can be rebuilt. Use 'replay' here.",
                ExitCode.Usage),
            _ => throw new OperationFailedException(
                $"This service has {groups.Count} consumer groups, but a read model can be rebuilt for one only.", ExitCode.Usage),
        };
    }

    private Func<IReadOnlyList<EventAttempt>, CancellationToken, Task<int>> Apply(RegisteredGroup group, string connectionString)
    {
        var copies = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = ShadowSchema.Name, ApplicationName = "rebuild" };
        var transaction = new EventTransaction<TContext>(
            new ConsumerIdentity(group.Name, group.Cluster, KeepsOffsets: true, Replays: 0) { Schema = ShadowSchema.Name },
            maxParkedKeys: 0,
            new ShadowScopes<TContext>(scopes, connectionString, copies.ConnectionString),
            services.GetRequiredService<DatabaseTime>(),
            time);
        return async (events, cancellationToken) => await transaction.ApplyAsync(events, [], [], cancellationToken) is { } applied
            ? applied.Fresh.Count
            : throw new InvalidOperationException("The copies have offsets beyond the records that were read.");
    }

    private async Task DropAsync(ShadowSchema shadow)
    {
        try
        {
            // After the switch there is nothing to drop.
            await shadow.DropAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            Log.Left(logger, exception, ShadowSchema.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(411, LogLevel.Information, "Rebuild of the read model of {Group} begun by change {Change} of the audit trail")]
        public static partial void Begun(ILogger logger, string group, Guid change);

        [LoggerMessage(410, LogLevel.Warning, "Copies in schema {Schema} could not be dropped. The next rebuild drops them.")]
        public static partial void Left(ILogger logger, Exception exception, string schema);
    }
}
