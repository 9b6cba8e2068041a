using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;
using Spectre.Console;

namespace EventDriven.Cli.Reconciliation;

/// <summary><c>reconcile</c>.</summary>
internal static class ReconcileCommand
{
    // An offset is one of a partition, and nothing is asked here of a single partition.
    private const string Forms = "a time (2026-11-23T10:00:00Z) or how long ago (90s, 15m, 2h, 7d)";

    private static readonly Option<string> Since = new("--since")
    {
        Description = $"From when on events are compared: {Forms}. Not longer ago than the inboxes remember.",
        HelpName = "time",
        Required = true,
    };

    private static readonly Option<string?> Group = new("--group") { Description = "Only this consumer group, such as inventory." };
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs." };

    public static Command Create()
    {
        var command = new Command(
            "reconcile",
            "Compares what was published with what each group has done, while everything runs. Ends with 1 when something was lost or happened twice. "
            + "Example: reconcile --since 2h")
        {
            Since, Group, Json, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!LogPosition.TryParse(parsed.GetValue(Since), now, out var position) || position.Time is not { } since || since > now)
        {
            throw new CommandFailedException($"--since {parsed.GetValue(Since)}? It takes {Forms}; nothing ahead.", ExitCode.Usage);
        }

        await using var databases = (await OpenDatabases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).NameAway();
        var groups = await Groups.ListAsync(databases, parsed.GetValue(Group), cancellationToken);
        if (groups.Count == 0)
        {
            throw new CommandFailedException("No database knows a consumer group: a service writes its group there when it begins to read.", databases.EndWith(ExitCode.Usage));
        }

        RefuseWhatIsForgotten(groups, since, now);
        using var admin = KafkaConnection.Open(parsed);
        await RefuseOtherLogsAsync(admin.Client, groups, cancellationToken);
        var reconciler = new Reconciler(admin, KafkaConnection.Find(parsed), groups, TimeProvider.System);
        var report = await ReconcilePrint.WithProgressAsync(progress => reconciler.RunAsync(since, progress, cancellationToken));
        ReconcilePrint.Report(report, parsed.GetValue(Json), TableRoom.Of(parsed));
        return databases.EndWith(report.IsWrong ? ExitCode.Refused : ExitCode.Done);
    }

    private static async Task RefuseOtherLogsAsync(
        IAdminClient admin, IEnumerable<(RegisteredGroup Group, NpgsqlConnection Database)> groups, CancellationToken cancellationToken)
    {
        var cluster = await ClusterId.ReadAsync(admin, cancellationToken);
        if (groups.Select(g => g.Group).FirstOrDefault(group => !ClusterId.IsOf(cluster, group.Cluster)) is { } other)
        {
            throw KafkaConnection.NotOf(other);
        }
    }

    // What an inbox has forgotten would seem lost, and leaving it out would say "nothing was lost" about what nobody looked at.
    private static void RefuseWhatIsForgotten(IEnumerable<(RegisteredGroup Group, NpgsqlConnection Database)> groups, DateTimeOffset since, DateTimeOffset now)
    {
        var shortest = groups.Select(g => g.Group).MinBy(group => group.InboxRetention)!;
        if (since < Reconciler.Earliest(shortest, now))
        {
            throw new CommandFailedException(
                $"The inbox of {shortest.Name} remembers {shortest.InboxRetention.TotalDays} days, so nobody can tell what became of older events: "
                + $"use --since {Math.Floor((now - Reconciler.Earliest(shortest, now)).TotalHours)}h or later.",
                ExitCode.Usage);
        }
    }
}
