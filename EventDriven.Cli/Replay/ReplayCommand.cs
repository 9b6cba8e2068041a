using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Replay;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Replay;

/// <summary><c>replay</c>: sets a live group back on its log.</summary>
internal static class ReplayCommand
{
    private static readonly Option<string> Group = new("--group") { Description = "Consumer group, such as inventory.", Required = true };
    private static readonly Option<LogPosition> From = Position("--from", "Where to begin: " + LogPosition.Forms + ".", required: true);
    private static readonly Option<LogPosition?> Until = Position("--until", "Where to end; by default where the group stands.", required: false)!;
    private static readonly Option<string?> Topic = new("--topic") { Description = "One topic only, such as orders.v1." };

    private static readonly Option<bool> AllowEffects = new("--allow-effects")
    {
        Description = "Also replays events that the group's inbox has forgotten: their effects happen again.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs: a line with the plan, and one with what was done." };

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "replay",
            """
            Sets a group back: it is asked to pause, its offsets are set, it goes on. What its inbox knows has no effect again.
            Example: replay --group inventory --from 2h
            """)
        {
            Group, From, Until, Topic, AllowEffects, Json, Confirmation.Yes, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, confirmation, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Confirmation confirmation, CancellationToken cancellationToken)
    {
        using var admin = KafkaConnection.Open(parsed);
        var name = parsed.GetRequiredValue(Group);
        await using var databases = await OpenDatabases.OpenAsync(parsed, name, cancellationToken);
        var (group, database) = (await Groups.ListAsync(databases, name, cancellationToken)).Single();
        if (!await ClusterId.IsOfAsync(admin.Client, group.Cluster, cancellationToken))
        {
            throw KafkaConnection.NotOf(group);
        }

        try
        {
            var replay = new GroupReplay(admin, database, group, TimeProvider.System);
            var plan = await replay.PlanAsync(
                parsed.GetRequiredValue(From), parsed.GetValue(Until), parsed.GetValue(Topic), parsed.GetValue(AllowEffects), cancellationToken);
            ReplayPrint.Plan(plan, parsed.GetValue(Json), TableRoom.Of(parsed));
            if (plan.Count == 0)
            {
                return ExitCode.Done;
            }

            await confirmation.AskAsync(parsed, $"Deliver them to {name} again?", cancellationToken);
            await RunAsync(replay, plan, name, parsed.GetValue(Json), cancellationToken);
            ReplayPrint.Done(name, plan, parsed.GetValue(Json));
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is ReplayRefusedException or TimeoutException or InvalidOperationException)
        {
            throw new CommandFailedException(exception.Message, ExitCode.Refused, exception);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_UnsupportedFeature)
        {
            throw new CommandFailedException(
                "This cluster can't tell who is in a group, so none can be set back; Apache Kafka can (KAFKA_HOME for the local application).", ExitCode.Refused, exception);
        }
    }

    private static async Task RunAsync(
        GroupReplay replay, IReadOnlyList<ReplayPartition> plan, string group, bool asJson, CancellationToken cancellationToken)
    {
        try
        {
            await (asJson ? replay.RunAsync(plan, Environment.UserName, _ => { }, ErrorOutput.Warning, cancellationToken) : ShowAsync(replay, plan, cancellationToken));
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"Stopped. Nothing is lost: {group} goes on from where it stands, through what its inbox knows if it was set back already.", ExitCode.Stopped, exception);
        }
    }

    private static Task ShowAsync(GroupReplay replay, IReadOnlyList<ReplayPartition> plan, CancellationToken cancellationToken) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var task = context.AddTask("Delivered again", maxValue: plan.Sum(partition => partition.Events));
            await replay.RunAsync(plan, Environment.UserName, count => task.Value = count, line => AnsiConsole.MarkupLineInterpolated($"[yellow]{line}[/]"), cancellationToken);
            task.Value = task.MaxValue;
        });

    private static Option<LogPosition> Position(string name, string description, bool required) => new(name)
    {
        Description = description,
        Required = required,
        HelpName = "place",
        CustomParser = result =>
        {
            if (LogPosition.TryParse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out var position))
            {
                return position;
            }

            result.AddError($"{name} takes {LogPosition.Forms}, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
