using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Replay;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Replay;

/// <summary><c>replay</c>: sets a live group back on its log.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string> Group = new("--group") { Description = "Consumer group, such as inventory.", Required = true };
    private static readonly Option<LogPosition?> From = PositionOption.Create(
        "--from", $"Where to begin: {LogPosition.Forms}.", required: true);
    private static readonly Option<LogPosition?> Until = PositionOption.Create("--until", "Where to end. Default: the group's position.");
    private static readonly Option<string?> Topic = new("--topic") { Description = "Only this topic, such as orders.v1." };

    private static readonly Option<bool> AllowEffects = new("--allow-effects")
    {
        Description = "Also replays events that the group's inbox no longer remembers. Their effects happen again.",
    };

    public static Command Create(OperatorChanges changes)
    {
        var command = new Command(
            "replay",
            """
            Sets a group back on its log: pauses it, sets its offsets, and resumes it. Events in its inbox have no effect again.
            Example: replay --group inventory --from 2h
            """)
        {
            Group, From, Until, Topic, AllowEffects, JsonOutput.Option, Confirmation.Yes, BecauseOption.Option,
            KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, changes, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, OperatorChanges changes, CancellationToken cancellationToken)
    {
        using var kafka = KafkaConnection.Open(parsed);
        var name = parsed.GetRequiredValue(Group);
        await using var databases = await Databases.OpenAsync(parsed, name, cancellationToken);
        var (group, database) = (await databases.ListGroupsAsync(name, cancellationToken)).Single();
        await KafkaConnection.RequireLogOfAsync(kafka, group, cancellationToken);

        try
        {
            var replay = new GroupReplay(kafka, database, group, TimeProvider.System);
            var plan = await replay.PlanAsync(
                parsed.GetRequiredValue(From)!,
                parsed.GetValue(Until),
                parsed.GetValue(Topic),
                parsed.GetValue(AllowEffects),
                cancellationToken);
            ReplayPrint.Plan(plan, parsed.IsJson(), TableRoom.Of(parsed));
            if (plan.Count == 0)
            {
                return ExitCode.Done;
            }

            var exitCode = await changes.RunAsync(
                parsed,
                ChangeTargets.Kafka | ChangeTargets.Databases,
                $"Deliver them to {name} again?",
                _ => RunAsync(replay, plan, name, parsed.IsJson(), cancellationToken),
                cancellationToken);
            ReplayPrint.Done(name, plan, parsed.IsJson());
            return exitCode;
        }
        catch (Exception exception) when (exception is ReplayRefusedException or TimeoutException)
        {
            throw new CommandFailedException(exception.Message, ExitCode.Refused, exception);
        }
    }

    private static async Task<int> RunAsync(
        GroupReplay replay, IReadOnlyList<ReplayPartition> plan, string group, bool asJson, CancellationToken cancellationToken)
    {
        try
        {
            await (asJson
                ? replay.RunAsync(plan, Environment.UserName, _ => { }, ErrorOutput.Warning, cancellationToken)
                : ShowAsync(replay, plan, cancellationToken));
            return ExitCode.Done;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"Stopped. Nothing is lost: {group} goes on by itself. "
                + "If it was already set back, events in its inbox have no effect again.",
                ExitCode.Stopped,
                exception);
        }
    }

    private static Task ShowAsync(GroupReplay replay, IReadOnlyList<ReplayPartition> plan, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("Delivered again", maxValue: plan.Sum(partition => partition.Events));
                await replay.RunAsync(
                    plan,
                    Environment.UserName,
                    count => task.Value = count,
                    line => AnsiConsole.MarkupLineInterpolated($"[yellow]{line}[/]"),
                    cancellationToken);
                task.Value = task.MaxValue;
            });
}
