using System.CommandLine;
using EventDriven.Cli.Programs;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Rehearsal;

/// <summary><c>rehearse</c>.</summary>
internal static class RehearseCommand
{
    private static readonly Option<string> Group = new("--group") { Description = "Consumer group, such as inventory.", Required = true };
    private static readonly Option<LogPosition?> From = PositionOption.Create(
        "--from", $"Where to begin: {LogPosition.Forms}.", required: true);
    private static readonly Option<LogPosition?> Until = PositionOption.Create("--until", "Where to end. Default: the end of the log.");
    private static readonly Option<string[]> Topic = new("--topic")
    {
        Description = "Only this topic. May be repeated.",
        HelpName = "topic",
    };
    private static readonly Option<bool> AllowEffects = new("--allow-effects")
    {
        Description = "Also runs handlers for events that the inbox knows.",
    };

    public static Command Create()
    {
        var command = new Command(
            "rehearse",
            "Runs a service's handlers over old events, rolls everything back and shows what would have changed. Ends with 1 when an event "
            + "can't be applied. Example: rehearse --group inventory --from 2h")
        {
            Group, From, Until, Topic, AllowEffects, JsonOutput.Option, ProgramOption.Option, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = Plan(parsed);
            var (result, exitCode) = await TaskProgressBar.ShowAsync(parsed.IsJson(), line => plan.RunAsync(line, cancellationToken));
            if (!parsed.IsJson() && result is RehearsalResult rehearsed)
            {
                RehearsalPrint.Print(rehearsed, TableRoom.Of(parsed));
            }

            return exitCode;
        });
        return command.WritesLines<TaskLine>("progress", "rehearsed", "failed");
    }

    private static RehearsalPlan Plan(ParseResult parsed)
    {
        var group = parsed.GetValue(Group)!;
        var topics = parsed.GetValue(Topic) ?? [];
        return new RehearsalPlan(
            group,
            ServiceProgram.Find(parsed.GetValue(ProgramOption.Option), group),
            ServiceEnvironment.Of(parsed),
            new ReplayRange(parsed.GetValue(From)!)
            {
                Until = parsed.GetValue(Until),
                Topic = topics.FirstOrDefault(),
                AllowEffects = parsed.GetValue(AllowEffects),
            })
        {
            MoreTopics = [.. topics.Skip(1)],
        };
    }
}
