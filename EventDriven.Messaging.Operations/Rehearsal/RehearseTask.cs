using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>
/// Runs a service's handlers over old events, rolls back each transaction, and reports what would have changed. Handlers work on the
/// service's own tables, so they find real data, and hold real locks for as long as a transaction takes.
/// </summary>
/// <param name="sent">What the service sends after a commit, such as mails; see <see cref="MessagingBuilder{TContext}.Sends"/>.</param>
/// <param name="services">The service's own.</param>
/// <param name="scopes">Makes a scope for each transaction.</param>
/// <param name="time">The clock from which "ago" counts.</param>
/// <param name="logger">The task's log.</param>
internal sealed class RehearseTask<TContext>(
    SentMessages sent, IServiceProvider services, IServiceScopeFactory scopes, TimeProvider time, ILogger<RehearseTask<TContext>> logger)
    : IServiceTask
    where TContext : DbContext
{
    private const string GroupOption = "--group";
    private const string From = "--from";
    private const string Until = "--until";
    private const string Topic = "--topic";
    private const string AllowEffects = "--allow-effects";

    /// <inheritdoc/>
    public string Name => TaskNames.Rehearse;

    /// <inheritdoc/>
    public IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal) { GroupOption, From, Until, Topic };

    /// <inheritdoc/>
    public IReadOnlySet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal) { AllowEffects };

    /// <inheritdoc/>
    public async Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken)
    {
        var group = Group(arguments.Value(GroupOption));
        var from = Position(arguments, From)
            ?? throw new OperationFailedException($"{From} is missing. It says where to begin.", ExitCode.Usage);
        var until = Position(arguments, Until);
        var topics = Topics(group, arguments.Values(Topic));
        var report = await ReportAsync(group, cancellationToken);

        using var admin = TaskDatabase.Admin(services);
        var discarded = await DiscardedAsync(admin.Client, group, cancellationToken);
        var partitions = await PartitionBounds.PartitionsAsync(admin.Client, topics, cancellationToken);
        var begin = await from.BeginAsync(admin.Client, partitions, cancellationToken);
        var end = until is null
            ? await PartitionBounds.OffsetsAsync(admin.Client, partitions, OffsetSpec.Latest(), cancellationToken)
            : await until.EndAsync(admin.Client, partitions, cancellationToken);
        var total = end.Sum(e => Math.Max(0, e.Value - begin[e.Key]));
        output.Progress("rehearsing", 0, total);
        var rehearsal = new RehearsalRun<TContext>(
            new EventReader(group, services.GetRequiredService<MessagingMetrics>(), logger),
            new EventTransaction<TContext>(
                new ConsumerIdentity(group.Name, Cluster: "", KeepsOffsets: false, Replays: 0),
                maxParkedKeys: 0,
                scopes,
                services.GetRequiredService<DatabaseTime>(),
                time),
            report,
            discarded,
            knowsInbox: !arguments.Has(AllowEffects),
            announces: services.GetService<PublishedEvents>() is not null,
            services.GetRequiredService<IOptions<MessagingOptions>>().Value,
            time);
        using var log = new LogReader(services.GetRequiredService<KafkaSettings>(), begin, end, time);
        while (await Task.Run(() => log.Read(RehearsalRun<TContext>.EventsATransaction, cancellationToken), cancellationToken)
            is { Count: > 0 } records)
        {
            await rehearsal.RunAsync(records, cancellationToken);
            output.Progress("rehearsing", report.Records, total);
        }

        output.Write(report.Result(group.Name, output.Elapsed));
        return report.HasFailures ? ExitCode.Refused : ExitCode.Done;
    }

    private ConsumerGroup Group(string? name)
    {
        var groups = services.GetServices<ConsumerGroup>().ToList();
        return groups.Find(group => group.Name == name) ?? (groups is [var only] && name is null ? only : null)
            ?? throw new OperationFailedException(
                $"This service has no group '{name}'. Choose one with {GroupOption}: {string.Join(", ", groups.Select(g => g.Name))}.",
                ExitCode.Usage);
    }

    private LogPosition? Position(TaskArguments arguments, string option) => arguments.Value(option) switch
    {
        null => null,
        { } text => LogPosition.TryParse(text, time.GetUtcNow(), out var position)
            ? position
            : throw new OperationFailedException($"{option} '{text}' is not a valid position. Valid: {LogPosition.Forms}.", ExitCode.Usage),
    };

    private static List<string> Topics(ConsumerGroup group, IReadOnlyList<string> wanted) =>
        wanted.Except(group.Topics, StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? throw new OperationFailedException(
                $"Group '{group.Name}' does not read '{unknown}'. Choose one of its topics with {Topic}: "
                + $"{string.Join(", ", group.Topics)}.",
                ExitCode.Usage)
            : [.. wanted.Count > 0 ? wanted : group.Topics];

    /// <summary>Records that operators have discarded, which no replay applies.</summary>
    /// <exception cref="OperationFailedException">The group reads another log.</exception>
    private async Task<IReadOnlySet<TopicPartitionOffset>> DiscardedAsync(
        IAdminClient admin, ConsumerGroup group, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var open = await OpenConnection.OfAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);

        // A group that has never read may be rehearsed: it will read this log.
        if ((await new GroupAdmin(open.Npgsql).ListAsync(cancellationToken))
            .SingleOrDefault(known => known.Name == group.Name) is not { } registered)
        {
            return new HashSet<TopicPartitionOffset>();
        }

        await TaskDatabase.RequireSameLogAsync(admin, services, registered, cancellationToken);
        return (await LiveDeadLetters.ReadAsync(open.Npgsql, group.Name, registered.Cluster, cancellationToken)).Discarded;
    }

    private async Task<RehearsalReport> ReportAsync(ConsumerGroup group, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        await TaskDatabase.RequireCurrentSchemaAsync(database.Database, cancellationToken);
        var tables = sent.ByEntity.ToDictionary(
            message => database.Model.FindEntityType(message.Key)?.GetTableName()
                ?? throw new InvalidOperationException(
                    $"{message.Key.Name}, which group '{group.Name}' sends, has no table in {typeof(TContext).Name}."),
            message => message.Value,
            StringComparer.Ordinal);
        return new RehearsalReport(tables);
    }
}
