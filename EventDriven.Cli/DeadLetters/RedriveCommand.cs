using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters redrive</c>.</summary>
internal static class RedriveCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "All parked dead letters, of --group or of every group." };
    private static readonly Option<bool> Wait = new("--wait")
    {
        Description = "Waits for the outcome. Ends with 1 unless all were applied.",
    };
    private static readonly Option<double> WaitSeconds = Seconds();

    public static Command Create(OperatorChanges changes)
    {
        var command = new Command(
            "redrive",
            "Applies dead letters again. A filter selects keys by their oldest dead letter, and a key is redriven as a whole, in order. "
            + "Example: dead-letters redrive --group inventory --type eventdriven.orders.order-placed.v1 --wait")
        {
            AllGroups, All, Wait, WaitSeconds, Confirmation.Yes, BecauseOption.Option,
        };
        command.Validators.AddCheck(result =>
        {
            if (result.GetValue(Group) is null && !result.GetValue(AllGroups) && !result.GetValue(All) && !result.HasFilter())
            {
                result.AddError(
                    "Select what to redrive: --group inventory, with or without --key, --type, --reason, --older-than, --topic and "
                    + "--offsets; or "
                    + $"--all-groups. {OperatorCommands.Name} dead-letters list shows them.");
            }
            else if (result.GetValue(Group) is not null || !result.GetValue(All))
            {
                RequireScope(result);
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, changes, cancellationToken));
        return command.TakesFilter().Writes<RedriveJson>();
    }

    private static async Task<int> RunAsync(ParseResult parsed, OperatorChanges changes, CancellationToken cancellationToken)
    {
        await using var databases = (await Databases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).WarnOfUnreachable();
        var plan = await RedrivePlan.ReadAsync(databases, Filter(parsed), cancellationToken);
        var others = plan.OnOtherLogs == 0
            ? ""
            : $"{plan.OnOtherLogs} dead letter(s) stood on the log of another cluster, which their group no longer reads. They can't be "
                + "redriven. Read them with dead-letters show, and discard them.";
        if (plan.IsEmpty)
        {
            throw new OperationFailedException(
                "No parked dead letter matches. To see parked ones, and those that are already being redriven: dead-letters list. "
                    + others,
                databases.EndWith(ExitCode.Refused));
        }

        if (others.Length > 0)
        {
            ErrorOutput.Warning(others);
        }

        IReadOnlyList<RequestedRedrive> redrives = [];
        var exitCode = await changes.RunAsync(
            parsed,
            ChangeTargets.Databases,
            $"{plan.Description} Go on?",
            async change => redrives = await plan.RunAsync(change, cancellationToken),
            cancellationToken);

        var reported = await ReportAsync(parsed, redrives, cancellationToken);
        return databases.EndWith(reported == ExitCode.Done ? exitCode : reported);
    }

    private static Option<double> Seconds()
    {
        var seconds = new Option<double>("--timeout")
        {
            Description = "Maximum time that --wait waits.",
            HelpName = "seconds",
            DefaultValueFactory = _ => 60,
        };
        seconds.Validators.AddCheck(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 86_400))
            {
                result.AddError("--timeout takes a number of seconds, at most a day.");
            }
        });
        return seconds;
    }

    private static async Task<int> ReportAsync(
        ParseResult parsed, IReadOnlyList<RequestedRedrive> redrives, CancellationToken cancellationToken)
    {
        var count = redrives.Sum(redrive => redrive.Count);
        if (!parsed.GetValue(Wait))
        {
            RedrivePrint.Requested(count, parsed.IsJson());
            return ExitCode.Done;
        }

        using var waiting = new RedriveWait(redrives, ServiceAddresses.All(parsed), TimeProvider.System);
        var outcome = await waiting.RunAsync(TimeSpan.FromSeconds(parsed.GetValue(WaitSeconds)), cancellationToken);
        RedrivePrint.Outcome(count, outcome, parsed.IsJson(), TableRoom.Of(parsed));
        return outcome.IsDone ? ExitCode.Done : ExitCode.Refused;
    }
}
