using System.CommandLine;
using System.Globalization;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Programs;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Rebuild;

/// <summary><c>rebuild</c>.</summary>
internal static class RebuildCommand
{
    private static readonly Option<string> Service = new("--service") { Description = "Service, such as analytics.", Required = true };
    private static readonly Option<bool> AllowLoss = new("--allow-loss")
    {
        Description = "Accepts the loss of events that are no longer on the log. "
            + "Without it such a rebuild is refused, and reports the loss.",
    };

    public static Command Create(OperatorChanges changes)
    {
        var command = new Command(
            "rebuild",
            "Rebuilds a service's read model from the log beside the old one, then switches at once. Example: rebuild --service analytics")
        {
            Service, AllowLoss, JsonOutput.Option, Confirmation.Yes, BecauseOption.Option,
            ProgramOption.Option, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var service = parsed.GetValue(Service)!;
            var plan = new RebuildPlan(
                service, ServiceProgram.Find(parsed.GetValue(ProgramOption.Option), service), ServiceEnvironment.Of(parsed))
            {
                AllowLoss = parsed.GetValue(AllowLoss),
            };
            (TaskLine? result, var ended) = (null, ExitCode.Done);
            var exitCode = await changes.RunAsync(
                parsed,
                ChangeTargets.Kafka | ChangeTargets.Databases,
                $"{plan.Description} Go on?",
                async change => (result, ended) = await TaskProgressBar.ShowAsync(
                    parsed.IsJson(), line => plan.RunAsync(change, line, cancellationToken)),
                cancellationToken);
            if (!parsed.IsJson() && result is RebuildResult rebuilt)
            {
                Print(rebuilt, TableRoom.Of(parsed));
            }

            return ended == ExitCode.Done ? exitCode : ended;
        });
        return command.WritesLines<TaskLine>("progress", "rebuilt", "wouldLose", "failed");
    }

    private static void Print(RebuildResult result, TableRoom room)
    {
        var table = new FittedTable(
            room, new Column("Table"), new Column("Rows before", ColumnKind.Number), new Column("Rows after", ColumnKind.Number));
        foreach (var (name, rows) in result.Tables)
        {
            table.Add(
                name,
                Number(rows.Before),
                rows.After < rows.Before ? new Cell(Number(rows.After), new Style(Color.Yellow)) : Number(rows.After));
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupInterpolated(
            $"{result.Events:N0} events in {result.Seconds:N1} s ({result.Events / Math.Max(result.Seconds, 0.01):N0} events/s). ");
        AnsiConsole.MarkupLineInterpolated(
            $"Group {result.Group} paused for {result.PausedSeconds:N1} s. Readers waited {result.SwitchSeconds * 1000:N0} ms at most.");
        foreach (var lost in result.Lost)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]Lost:[/] {lost}.");
        }

        if (result.LostEvents > 0)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]Lost:[/] {Number(result.LostEvents)} event(s) that the old read model had applied.");
        }

        foreach (var note in result.Notes)
        {
            AnsiConsole.WriteLine(note);
        }

        if (result.DeadLetters > 0)
        {
            AnsiConsole.MarkupInterpolated(
                $"{result.DeadLetters:N0} events are left out, as before: they are dead letters of the group or blocked by one. ");
            AnsiConsole.MarkupLineInterpolated($"See dead-letters list --group {result.Group}.");
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
