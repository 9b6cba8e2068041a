using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Groups;
using EventDriven.Messaging.Reconciliation;
using EventDriven.Messaging.Replay;
using EventDriven.Messaging.Tasks;
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

        var connections = new List<NpgsqlConnection>();
        try
        {
            var groups = await FindAsync(parsed, connections, cancellationToken);
            RefuseWhatIsForgotten(groups, since, now);
            var bootstrapServers = KafkaConnection.Find(parsed);
            using var admin = KafkaConnection.Open(parsed);
            foreach (var (group, _) in groups)
            {
                if (!await ClusterId.IsOfAsync(admin, group, cancellationToken))
                {
                    throw new CommandFailedException(
                        $"Group '{group.Name}' reads another cluster ({group.Cluster}) than the one that --kafka or {KafkaConnection.Variable} gives.", ExitCode.Usage);
                }
            }

            var reconciler = new Reconciler(admin, bootstrapServers, groups, TimeProvider.System);
            var report = await ReconcilePrint.WithProgressAsync(progress => reconciler.RunAsync(since, progress, cancellationToken));
            ReconcilePrint.Report(report, parsed.GetValue(Json));
            return report.IsWrong ? ExitCode.Refused : ExitCode.Done;
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<List<(RegisteredGroup Group, NpgsqlConnection Database)>> FindAsync(
        ParseResult parsed, List<NpgsqlConnection> connections, CancellationToken cancellationToken)
    {
        var found = new List<(RegisteredGroup Group, NpgsqlConnection Database)>();
        foreach (var database in Databases.Find(parsed))
        {
            var connection = await Databases.OpenAsync(database, cancellationToken);
            connections.Add(connection);
            var desk = new GroupDesk(connection);
            if (await desk.ExistsAsync(cancellationToken))
            {
                found.AddRange((await desk.ListAsync(cancellationToken)).Select(group => (group, connection)));
            }
        }

        var wanted = parsed.GetValue(Group);
        var chosen = found.FindAll(f => wanted is null || f.Group.Name == wanted);
        return chosen.Count > 0
            ? chosen
            : throw new CommandFailedException(
                found.Count > 0
                    ? $"There is no group '{wanted}', but {string.Join(", ", found.Select(f => f.Group.Name))}."
                    : "No database knows a consumer group: a service writes its group there when it starts.",
                ExitCode.Usage);
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
