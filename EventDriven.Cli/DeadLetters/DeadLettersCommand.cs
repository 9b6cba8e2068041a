using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.DeadLetters;
using EventDriven.Messaging.Tasks;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters list</c>, <c>show</c>, <c>redrive</c> and <c>discard</c>.</summary>
internal static class DeadLettersCommand
{
    private static readonly Option<string?> Group = new("--group") { Description = "Consumer group, such as inventory.", Recursive = true };
    private static readonly Option<string?> Key = new("--key") { Description = "Key, such as an order id." };
    private static readonly Option<string?> Type = new("--type") { Description = "Event type, such as eventdriven.orders.order-placed.v1." };
    private static readonly Option<string?> Reason = new("--reason") { Description = "failed, unreadable or behind, or the type of the exception." };
    private static readonly Option<bool> Json = new("--json") { Description = "Writes JSON, for programs.", Recursive = true };

    public static Command Create()
    {
        var command = new Command("dead-letters", "Events that a group could not apply, and what waits behind them.") { List(), Show(), Redrive(), Discard() };
        command.Options.Add(Group);
        command.Options.Add(Json);
        command.Options.Add(StateFile.Option);
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that were redriven or discarded." };
        var limit = new Option<int>("--limit") { Description = "How many of each group at most.", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "Shows what waits, oldest first. Ends with 1 when something does. Example: dead-letters list --group inventory")
        {
            Key, Type, Reason, all, limit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = new List<DeadLetter>();
            await EachAsync(parsed, async desk => found.AddRange(
                await desk.ListAsync(Filter(parsed), parsed.GetValue(all), parsed.GetValue(limit), cancellationToken)), cancellationToken);
            DeadLetterPrint.List(found, parsed.GetValue(Json));
            return found.Exists(letter => letter.State is DeadLetterState.Parked or DeadLetterState.Redriving) ? ExitCode.Refused : ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var id = Number();
        var command = new Command("show", "Shows one with its error, headers and data. Example: dead-letters show 17 --group inventory") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await FindAsync(parsed, parsed.GetValue(id), cancellationToken);
            DeadLetterPrint.One(found, parsed.GetValue(Json));
            return ExitCode.Done;
        });
        return RequiresGroup(command);
    }

    private static Command Redrive()
    {
        var all = new Option<bool>("--all") { Description = "Everything that waits, of every group or of --group." };
        var command = new Command(
            "redrive", "Applies dead letters again, each key in order with what waits behind it. Example: dead-letters redrive --group inventory --key 0199…")
        {
            Key, Type, Reason, all, Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Key) is null && result.GetValue(Type) is null && result.GetValue(Reason) is null && !result.GetValue(all))
            {
                result.AddError("Say what is to be redriven: --key (with --group), --type, --reason or --all.");
            }
            else if (result.GetValue(Key) is not null && result.GetValue(Group) is null)
            {
                result.AddError("A key is redriven for one group: add --group.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Confirmation.Ask(parsed, "Redrive them?");
            var redriven = 0;
            await EachAsync(parsed, async desk => redriven += await desk.RedriveAsync(
                Filter(parsed), Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken), cancellationToken);
            DeadLetterPrint.Count("redriving", redriven, "They are applied by the owners of their partitions; see dead-letters list.", parsed.GetValue(Json));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Discard()
    {
        var id = Number();
        var reason = new Option<string>("--because") { Description = "Why; it is kept.", Required = true };
        var command = new Command(
            "discard", "Gives one up for good; what waits behind it can then be redriven. Example: dead-letters discard 17 --group inventory --because \"test order\"")
        {
            id, reason, Confirmation.Yes,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            Confirmation.Ask(parsed, $"Discard dead letter {parsed.GetValue(id)} of {parsed.GetValue(Group)}? Its effect will never happen.");
            var discarded = 0;
            await EachAsync(
                parsed,
                async desk =>
                {
                    if (Of(parsed, await desk.FindAsync(parsed.GetValue(id), cancellationToken)) is not null)
                    {
                        discarded += await desk.DiscardAsync(
                            parsed.GetValue(id), parsed.GetValue(reason)!, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken) ? 1 : 0;
                    }
                },
                cancellationToken);
            if (discarded == 0)
            {
                throw Resolved(await FindAsync(parsed, parsed.GetValue(id), cancellationToken));
            }

            DeadLetterPrint.Count("discarded", discarded, "Redrive its key to apply what waits behind it.", parsed.GetValue(Json));
            return ExitCode.Done;
        });
        return RequiresGroup(command);
    }

    private static Argument<long> Number() => new("id") { Description = "Number that dead-letters list shows." };

    // Each database counts for itself.
    private static Command RequiresGroup(Command command)
    {
        command.Validators.Add(result =>
        {
            if (result.GetValue(Group) is null)
            {
                result.AddError("Numbers count for each service by itself: add --group.");
            }
        });
        return command;
    }

    private static DeadLetter? Of(ParseResult parsed, DeadLetter? letter) => letter?.Group == parsed.GetValue(Group) ? letter : null;

    private static async Task<DeadLetter> FindAsync(ParseResult parsed, long id, CancellationToken cancellationToken)
    {
        DeadLetter? found = null;
        await EachAsync(parsed, async desk => found = Of(parsed, await desk.FindAsync(id, cancellationToken)) ?? found, cancellationToken);
        return found ?? throw new CommandFailedException(
            $"Group '{parsed.GetValue(Group)}' has no dead letter {id}; dead-letters list --all shows what there is.", ExitCode.Refused);
    }

    private static CommandFailedException Resolved(DeadLetter letter) => new(
        $"Dead letter {letter.Id} was {DeadLetterPrint.State(letter)} already, by {letter.ChangedBy} on {DeadLetterPrint.Time(letter.ChangedAt)}"
        + $"{(letter.Note is { } note ? $" ({note})" : "")}; nothing was changed.",
        ExitCode.Refused);

    private static DeadLetterFilter Filter(ParseResult parsed) =>
        new(parsed.GetValue(Group), parsed.GetValue(Key), parsed.GetValue(Type), parsed.GetValue(Reason));

    private static async Task EachAsync(ParseResult parsed, Func<DeadLetterDesk, Task> action, CancellationToken cancellationToken)
    {
        foreach (var database in Databases.Find(parsed))
        {
            await using var connection = await Databases.OpenAsync(database, cancellationToken);
            var desk = new DeadLetterDesk(connection);
            if (await desk.ExistsAsync(cancellationToken))
            {
                await action(desk);
            }
        }
    }
}
