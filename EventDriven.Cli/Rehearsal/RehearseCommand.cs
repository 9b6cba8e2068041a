using System.CommandLine;
using EventDriven.Cli.Programs;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Logs;
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
            Group, From, Until, Topic, AllowEffects, JsonOutput.Option, ServiceProgram.Option, KafkaConnection.Option, StateFile.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (result, exitCode) = await ServiceRun.RunAsync(
                ServiceProgram.Find(parsed, parsed.GetValue(Group)!),
                Arguments(parsed),
                ServiceEnvironment.Of(parsed),
                parsed.IsJson(),
                cancellationToken);
            if (!parsed.IsJson() && result is RehearsalResult rehearsed)
            {
                RehearsalPrint.Print(rehearsed, TableRoom.Of(parsed));
            }

            return exitCode;
        });
        return command;
    }

    private static List<string> Arguments(ParseResult parsed)
    {
        List<string> arguments = [TaskNames.Rehearse, "--group", parsed.GetValue(Group)!, "--from", $"{parsed.GetValue(From)}"];
        if (parsed.GetValue(Until) is { } until)
        {
            arguments.AddRange(["--until", $"{until}"]);
        }

        arguments.AddRange((parsed.GetValue(Topic) ?? []).SelectMany(topic => new[] { "--topic", topic }));
        if (parsed.GetValue(AllowEffects))
        {
            arguments.Add("--allow-effects");
        }

        return arguments;
    }
}
