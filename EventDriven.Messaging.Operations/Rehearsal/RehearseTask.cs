using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Rebuild;
using EventDriven.Messaging.Operations.Tasks;
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
/// Runs a service's handlers over old events, each transaction of them rolled back, and says what would have changed. It uses the service's own tables, so
/// handlers find what they would find, and locks what they would lock, for as long as a transaction takes.
/// </summary>
/// <param name="sent">What leaves the system after a commit; see <see cref="MessagingBuilder{TContext}.Sends"/>.</param>
/// <param name="services">The service's own.</param>
/// <param name="scopes">Makes a scope for each transaction.</param>
/// <param name="time">What "ago" counts from.</param>
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
    public string Name => ServiceTasks.Rehearse;

    /// <inheritdoc/>
    public IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal) { GroupOption, From, Until, Topic };

    /// <inheritdoc/>
    public IReadOnlySet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal) { AllowEffects };

    /// <inheritdoc/>
    public async Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken)
    {
        var group = Group(arguments.Value(GroupOption));
        var from = Position(arguments, From) ?? throw new TaskFailedException($"{From} is missing: say where to begin.", ExitCode.Usage);
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
                new ConsumerIdentity(group.Name, Cluster: "", KeepsOffsets: false, Replays: 0), maxParkedKeys: 0, scopes, services.GetRequiredService<DatabaseTime>(), time),
            report,
            discarded,
            knowsInbox: !arguments.Has(AllowEffects),
            announces: services.GetService<PublishedEvents>() is not null,
            services.GetRequiredService<IOptions<MessagingOptions>>().Value,
            time);
        using var log = new LogReader(BootstrapServers.Of(services), begin, end, time);
        while (await Task.Run(() => log.Read(RehearsalRun<TContext>.EventsATransaction, cancellationToken), cancellationToken) is { Count: > 0 } records)
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
            ?? throw new TaskFailedException($"This service has no group '{name}'. Name one of its own with {GroupOption}: {string.Join(", ", groups.Select(g => g.Name))}.", ExitCode.Usage);
    }

    private LogPosition? Position(TaskArguments arguments, string option) => arguments.Value(option) switch
    {
        null => null,
        { } text => LogPosition.TryParse(text, time.GetUtcNow(), out var position)
            ? position
            : throw new TaskFailedException($"{option} '{text}' is no place on the log. Give {LogPosition.Forms}.", ExitCode.Usage),
    };

    private static List<string> Topics(ConsumerGroup group, IReadOnlyList<string> wanted) =>
        wanted.Except(group.Topics, StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? throw new TaskFailedException($"Group '{group.Name}' doesn't read '{unknown}'. Name one of its topics with {Topic}: {string.Join(", ", group.Topics)}.", ExitCode.Usage)
            : [.. wanted.Count > 0 ? wanted : group.Topics];

    /// <summary>What operators gave up: no replay applies it.</summary>
    /// <exception cref="TaskFailedException">The group reads another log.</exception>
    private async Task<IReadOnlySet<TopicPartitionOffset>> DiscardedAsync(IAdminClient admin, ConsumerGroup group, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var open = await OpenConnection.OfAsync(scope.ServiceProvider.GetRequiredService<TContext>(), cancellationToken);

        // One that has never read yet may be rehearsed: it will read this log.
        if ((await new GroupAdmin(open.Npgsql).ListAsync(cancellationToken)).SingleOrDefault(known => known.Name == group.Name) is not { } registered)
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
                ?? throw new InvalidOperationException($"{message.Key.Name}, which group '{group.Name}' sends, has no table in {typeof(TContext).Name}."),
            message => message.Value,
            StringComparer.Ordinal);
        return new RehearsalReport(tables);
    }
}
