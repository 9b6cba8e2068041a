using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Plans;
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
        return command.WritesLines<ReplayLine>();
    }

    private static async Task<int> RunAsync(ParseResult parsed, OperatorChanges changes, CancellationToken cancellationToken)
    {
        using var kafka = KafkaConnection.Open(parsed);
        var name = parsed.GetRequiredValue(Group);
        await using var databases = await Databases.OpenAsync(parsed, name, cancellationToken);
        var range = new ReplayRange(parsed.GetRequiredValue(From)!)
        {
            Until = parsed.GetValue(Until),
            Topic = parsed.GetValue(Topic),
            AllowEffects = parsed.GetValue(AllowEffects),
        };
        var plan = await ReplayPlan.ReadAsync(kafka, databases, name, range, TimeProvider.System, cancellationToken);
        ReplayPrint.Plan(plan, parsed.IsJson(), TableRoom.Of(parsed));
        if (plan.Events == 0)
        {
            return ExitCode.Done;
        }

        var exitCode = await changes.RunAsync(
            parsed,
            ChangeTargets.Kafka | ChangeTargets.Databases,
            $"{plan.Description} Go on?",
            change => parsed.IsJson()
                ? plan.RunAsync(change, Progress(plan), ErrorOutput.Warning, cancellationToken)
                : ShowAsync(plan, change, cancellationToken),
            cancellationToken);
        ReplayPrint.Done(plan, parsed.IsJson());
        return exitCode;
    }

    private static Action<long> Progress(ReplayPlan plan) =>
        done => JsonOutput.WriteLine<ReplayLine>(new ReplayProgressJson(done, plan.Events));

    private static Task ShowAsync(ReplayPlan plan, OperatorChange change, CancellationToken cancellationToken) =>
        AnsiConsole.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn(),
                new SpinnerColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask("Delivered again", maxValue: plan.Events);
                await plan.RunAsync(
                    change,
                    count => task.Value = count,
                    line => AnsiConsole.MarkupLineInterpolated($"[yellow]{line}[/]"),
                    cancellationToken);
                task.Value = task.MaxValue;
            });
}
