using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters discard</c>.</summary>
internal static class DiscardCommand
{
    private const string Next = "Redrive the key to apply the events that were blocked.";

    private static readonly Argument<long?> One = new("id")
    {
        Description = "Number that dead-letters list shows.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> All = new("--all") { Description = "All unresolved dead letters, of --group or --all-groups." };

    public static Command Create(OperatorChanges changes)
    {
        var command = new Command(
            "discard",
            "Discards one dead letter for good, or each that matches a filter. The events that it blocked can then be redriven. "
            + "Example: dead-letters discard 17 --group inventory --because \"test order\"")
        {
            One, AllGroups, All, Confirmation.Yes, BecauseOption.Option,
        };
        command.Validators.AddCheck(result =>
        {
            var isMany = result.HasFilter() || result.GetValue(All) || result.GetValue(AllGroups);
            if (result.GetValue(One) is not null)
            {
                RequireGroup(result);
                if (isMany)
                {
                    result.AddError("A number selects one dead letter and a filter many. Leave one of them out.");
                }
            }
            else if (!isMany)
            {
                result.AddError(
                    "Select what to discard: a number; or --key, --type, --reason, --older-than, --topic and --offsets; or --all. "
                    + $"{OperatorCommands.Name} dead-letters list shows them.");
            }
            else
            {
                RequireScope(result);
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(One) is { } id
            ? OneAsync(parsed, id, changes, cancellationToken)
            : ManyAsync(parsed, changes, cancellationToken));
        return command.TakesFilter().Writes<DiscardJson>();
    }

    private static async Task<int> ManyAsync(ParseResult parsed, OperatorChanges changes, CancellationToken cancellationToken)
    {
        await using var databases = (await Databases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).WarnOfUnreachable();
        var plan = await DiscardPlan.ReadAsync(databases, Filter(parsed), cancellationToken);
        if (plan.Count == 0)
        {
            throw new OperationFailedException(
                "No unresolved dead letter matches. To list them: dead-letters list.", databases.EndWith(ExitCode.Refused));
        }

        return databases.EndWith(await RunAsync(parsed, plan, changes, cancellationToken));
    }

    private static async Task<int> OneAsync(ParseResult parsed, long id, OperatorChanges changes, CancellationToken cancellationToken)
    {
        var group = parsed.GetValue(Group)!;
        await using var databases = await Databases.OpenAsync(parsed, group, cancellationToken);
        return await RunAsync(parsed, await DiscardPlan.ReadAsync(databases, group, id, cancellationToken), changes, cancellationToken);
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, DiscardPlan plan, OperatorChanges changes, CancellationToken cancellationToken)
    {
        var discarded = 0;
        var exitCode = await changes.RunAsync(
            parsed,
            ChangeTargets.Databases,
            $"{plan.Description} Go on?",
            async change => discarded = await plan.RunAsync(change, cancellationToken),
            cancellationToken);
        var others = plan.Count - discarded;
        if (parsed.IsJson())
        {
            JsonOutput.Write(new DiscardJson(discarded, others));
        }
        else
        {
            var resolved = others > 0 ? $"{others} other{(others == 1 ? "" : "s")} had been resolved meanwhile. " : "";
            AnsiConsole.WriteLine($"{discarded} discarded. {resolved}{Next}");
        }

        return exitCode;
    }
}
