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
    private const string Next = "Redrive the key to apply what waits behind.";

    private static readonly Argument<long?> One = new("id") { Description = "Number that dead-letters list shows.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Because = new("--because") { Description = "Why; it is kept.", Required = true };
    private static readonly Option<bool> All = new("--all") { Description = "Everything that waits, of --group or --all-groups." };

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "discard",
            "Gives one up for good, or each that a filter means, wherever it stands in its key; what waits behind can then be redriven. "
            + "Example: dead-letters discard 17 --group inventory --because \"test order\"")
        {
            One, AllGroups, All, Because, Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Because) is not null && string.IsNullOrWhiteSpace(result.GetValue(Because)))
            {
                result.AddError("Say why with --because; it is kept with the dead letter.");
            }

            var isMany = result.HasFilter() || result.GetValue(All) || result.GetValue(AllGroups);
            if (result.GetValue(One) is not null)
            {
                RequireGroup(result);
                if (isMany)
                {
                    result.AddError("A number means one dead letter, and a filter all that it fits: leave one of them out.");
                }
            }
            else if (!isMany)
            {
                result.AddError(
                    "Say what is to be discarded: its number, or --key, --type, --reason, --topic and --offsets; or --all. "
                    + $"{OperatorCommands.Name} dead-letters list shows what waits.");
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
        await using var databases = (await OpenDatabases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).NameAway();
        var chosen = new List<(DeadLetterAdmin Desk, IReadOnlyList<ChosenDeadLetters> Letters)>();
        foreach (var (desk, _) in await DeadLetterDesks.OfAsync(databases, cancellationToken))
        {
            chosen.Add((desk, await desk.ChooseForDiscardAsync(Filter(parsed), cancellationToken)));
        }

        var count = chosen.Sum(c => c.Letters.Sum(letters => letters.Count));
        if (count == 0)
        {
            throw new CommandFailedException("No dead letter that waits is meant by that: dead-letters list shows what there is.", databases.EndWith(ExitCode.Refused));
        }

        await confirmation.AskAsync(
            parsed, $"{DeadLetterCount.Describe(chosen.SelectMany(c => c.Letters))} will be discarded: their effects will never happen. Go on?", cancellationToken);
        var discarded = 0;
        foreach (var (desk, letters) in chosen)
        {
            discarded += await desk.DiscardAsync(
                [.. letters.SelectMany(c => c.Ids)], parsed.GetValue(Because)!, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken);
        }

        var resolved = discarded < count ? $"{DeadLetterCount.Of(count - discarded, "other")} had been resolved meanwhile. " : "";
        DeadLetterPrint.Count("discarded", discarded, resolved + Next, parsed.GetValue(Json));
        return databases.EndWith(ExitCode.Done);
    }

    private static async Task<int> OneAsync(ParseResult parsed, long id, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var group = parsed.GetValue(Group)!;
        await using var databases = await OpenDatabases.OpenAsync(parsed, group, cancellationToken);
        var (letter, desk) = await DeadLetterDesks.FindAsync(databases, group, id, cancellationToken);
        if (letter.State is DeadLetterState.Redriven or DeadLetterState.Discarded)
        {
            throw Resolved(letter);
        }

        await confirmation.AskAsync(parsed, $"Discard dead letter {id} of {group}? Its effect will never happen.", cancellationToken);
        if (!await desk.DiscardAsync(id, parsed.GetValue(Because)!, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken))
        {
            // Somebody was faster.
            throw Resolved((await DeadLetterDesks.FindAsync(databases, group, id, cancellationToken)).Letter);
        }

        DeadLetterPrint.Count("discarded", 1, Next, parsed.GetValue(Json));
        return ExitCode.Done;
    }

    private static CommandFailedException Resolved(DeadLetter letter) => new(
        $"Dead letter {letter.Id} was {DeadLetterPrint.State(letter)} already, by {letter.ChangedBy} on {DeadLetterPrint.Time(letter.ChangedAt)}"
        + $"{(letter.Note is { } note ? $" ({note})" : "")}; nothing was changed.",
        ExitCode.Refused);
}
