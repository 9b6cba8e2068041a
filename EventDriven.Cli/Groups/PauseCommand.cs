using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Groups;

/// <summary><c>pause</c> and <c>resume</c>.</summary>
internal static class PauseCommand
{
    private static readonly Option<string> Group = new("--group") { Description = "Consumer group, such as inventory.", Required = true };

    private static readonly Option<TimeSpan> For = DurationOption.Create(
        "--for", $"How long, {DurationOption.Forms}; at most {PausePlan.MaxDuration.TotalHours} h.", byDefault: TimeSpan.FromMinutes(15));

    public static Command Pause(OperatorChanges changes)
    {
        var command = new Command(
            "pause",
            "Lets a group's instances leave it, so that it handles nothing: its events wait on the log. Ends by itself. "
            + "Example: pause --group notifications --for 15m")
        {
            Group, For, JsonOutput.Option, Confirmation.Yes, BecauseOption.Option, StateFile.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(For), changes, cancellationToken));
        return command.Writes<PausedGroupJson>();
    }

    public static Command Resume(OperatorChanges changes)
    {
        var command = new Command("resume", "Ends the pause of a group. Example: resume --group notifications")
        {
            Group, JsonOutput.Option, Confirmation.Yes, BecauseOption.Option, StateFile.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, duration: null, changes, cancellationToken));
        return command.Writes<PausedGroupJson>();
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, TimeSpan? duration, OperatorChanges changes, CancellationToken cancellationToken)
    {
        var group = parsed.GetRequiredValue(Group);
        await using var databases = await Databases.OpenAsync(parsed, group, cancellationToken);
        var plan = await PausePlan.ReadAsync(databases, group, duration, cancellationToken);
        if (plan.IsEmpty)
        {
            PausePrint.Write(group, duration, parsed.IsJson());
            return ExitCode.Done;
        }

        var exitCode = await changes.RunAsync(
            parsed,
            ChangeTargets.Databases,
            $"{plan.Description} Go on?",
            change => plan.RunAsync(change, cancellationToken),
            cancellationToken);
        PausePrint.Write(group, duration, parsed.IsJson());
        return exitCode;
    }
}
