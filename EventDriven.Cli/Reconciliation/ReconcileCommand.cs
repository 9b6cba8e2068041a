using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Reconciliation;

/// <summary><c>reconcile</c>.</summary>
internal static class ReconcileCommand
{
    // An offset belongs to one partition, but this command reads all.
    private const string Forms = "a time (2026-11-23T10:00:00Z) or a time ago (90s, 15m, 2h, 7d)";

    private static readonly Option<string> Since = new("--since")
    {
        Description = $"Compares events since then: {Forms}. Not earlier than the inboxes remember.",
        HelpName = "time",
        Required = true,
    };

    private static readonly Option<string?> Group = new("--group") { Description = "Only this consumer group, such as inventory." };

    public static Command Create()
    {
        var command = new Command(
            "reconcile",
            "Compares the published events with what each group has done, while everything runs. Ends with 1 when an event was lost or an "
            + "effect happened twice. Example: reconcile --since 2h")
        {
            Since, Group, JsonOutput.Option, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction(RunAsync);
        return command.Writes<ReconciliationJson>();
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!LogPosition.TryParse(parsed.GetValue(Since), now, out var position) || position.Time is not { } since || since > now)
        {
            throw new OperationFailedException(
                $"--since takes {Forms}, and nothing in the future. '{parsed.GetValue(Since)}' is not valid.", ExitCode.Usage);
        }

        await using var databases = (await Databases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).WarnOfUnreachable();
        var groups = await databases.ListGroupsAsync(parsed.GetValue(Group), cancellationToken);
        if (groups.Count == 0)
        {
            throw new OperationFailedException(
                "No database knows a consumer group. A service registers its group when it begins to read.",
                databases.EndWith(ExitCode.Usage));
        }

        RequireRemembered(groups, since, now);
        using var kafka = KafkaConnection.Open(parsed);
        foreach (var (group, _) in groups)
        {
            await kafka.RequireLogOfAsync(group, cancellationToken);
        }

        var reconciler = new Reconciler(kafka, groups, TimeProvider.System);
        var report = await ReconcilePrint.WithProgressAsync(progress => reconciler.RunAsync(since, progress, cancellationToken));
        ReconcilePrint.Report(report, parsed.IsJson(), TableRoom.Of(parsed));
        return databases.EndWith(report.IsWrong ? ExitCode.Refused : ExitCode.Done);
    }

    // Events that an inbox has forgotten would seem lost. To leave them out would report that nothing was
    // lost among events that were not compared.
    private static void RequireRemembered(IEnumerable<GroupDatabase> groups, DateTimeOffset since, DateTimeOffset now)
    {
        var shortest = groups.Select(g => g.Group).MinBy(group => group.InboxRetention)!;
        if (since < Reconciler.Earliest(shortest, now))
        {
            throw new OperationFailedException(
                $"The inbox of {shortest.Name} remembers {shortest.InboxRetention.TotalDays} days, so older events can't be compared. "
                + $"Use --since {Math.Floor((now - Reconciler.Earliest(shortest, now)).TotalHours)}h or later.",
                ExitCode.Usage);
        }
    }
}
