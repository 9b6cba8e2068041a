using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
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
    private static readonly Option<string> Because = new("--because") { Description = "The reason; it is stored.", Required = true };
    private static readonly Option<bool> All = new("--all") { Description = "All unresolved dead letters, of --group or --all-groups." };

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "discard",
            "Discards one dead letter for good, or each that matches a filter. The events that it blocked can then be redriven. "
            + "Example: dead-letters discard 17 --group inventory --because \"test order\"")
        {
            One, AllGroups, All, Because, Confirmation.Yes,
        };
        command.Validators.AddCheck(result =>
        {
            if (result.GetResult(Because) is not null && string.IsNullOrWhiteSpace(result.GetValue(Because)))
            {
                result.AddError("Give a reason with --because. It is stored with the dead letter.");
            }

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
                    "Select what to discard: a number; or --key, --type, --reason, --topic and --offsets; or --all. "
                    + $"{OperatorCommands.Name} dead-letters list shows them.");
            }
            else
            {
                RequireScope(result);
            }
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(One) is { } id
            ? OneAsync(parsed, id, confirmation, cancellationToken)
            : ManyAsync(parsed, confirmation, cancellationToken));
        return command.TakesFilter();
    }

    private static async Task<int> ManyAsync(ParseResult parsed, Confirmation confirmation, CancellationToken cancellationToken)
    {
        await using var databases = (await Databases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).WarnOfUnreachable();
        var chosen = new List<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> DeadLetters)>();
        foreach (var (admin, _) in await DeadLetterDatabases.ListAsync(databases, cancellationToken))
        {
            chosen.Add((admin, await admin.ChooseForDiscardAsync(Filter(parsed), cancellationToken)));
        }

        var count = chosen.Sum(c => c.DeadLetters.Sum(deadLetters => deadLetters.Count));
        if (count == 0)
        {
            throw new CommandFailedException(
                "No unresolved dead letter matches. To list them: dead-letters list.", databases.EndWith(ExitCode.Refused));
        }

        await confirmation.AskAsync(
            parsed,
            $"{DeadLetterCount.Describe(chosen.SelectMany(c => c.DeadLetters))} will be discarded: their effects will never happen. Go on?",
            cancellationToken);
        var discarded = 0;
        foreach (var (admin, deadLetters) in chosen)
        {
            discarded += await admin.DiscardAsync(
                [.. deadLetters.SelectMany(c => c.Ids)],
                parsed.GetValue(Because)!,
                Environment.UserName,
                TimeProvider.System.GetUtcNow(),
                cancellationToken);
        }

        var resolved = discarded < count ? $"{DeadLetterCount.Of(count - discarded, "other")} had been resolved meanwhile. " : "";
        DeadLetterPrint.Count("discarded", discarded, resolved + Next, parsed.IsJson());
        return databases.EndWith(ExitCode.Done);
    }

    private static async Task<int> OneAsync(ParseResult parsed, long id, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var group = parsed.GetValue(Group)!;
        await using var databases = await Databases.OpenAsync(parsed, group, cancellationToken);
        var (deadLetter, admin) = await DeadLetterDatabases.FindAsync(databases, group, id, cancellationToken);
        if (deadLetter.State is DeadLetterState.Redriven or DeadLetterState.Discarded)
        {
            throw Resolved(deadLetter);
        }

        await confirmation.AskAsync(parsed, $"Discard dead letter {id} of {group}? Its effect will never happen.", cancellationToken);
        if (!await admin.DiscardAsync(
            id, parsed.GetValue(Because)!, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken))
        {
            // Somebody else has resolved it meanwhile.
            throw Resolved((await DeadLetterDatabases.FindAsync(databases, group, id, cancellationToken)).DeadLetter);
        }

        DeadLetterPrint.Count("discarded", 1, Next, parsed.IsJson());
        return ExitCode.Done;
    }

    private static CommandFailedException Resolved(DeadLetter deadLetter) => new(
        $"Dead letter {deadLetter.Id} was {DeadLetterPrint.State(deadLetter)} already, by {deadLetter.ChangedBy} on "
        + $"{DeadLetterPrint.Time(deadLetter.ChangedAt)}{(deadLetter.Note is { } note ? $" ({note})" : "")}. Nothing was changed.",
        ExitCode.Refused);
}
