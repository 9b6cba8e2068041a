using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters</c>, and its <c>list</c> and <c>show</c>, which change nothing.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(Confirmation confirmation)
    {
        var command = new Command("dead-letters", "Events that a group could not apply, and what waits behind them. Example: dead-letters list")
        {
            List(), Show(), RedriveCommand.Create(confirmation), DiscardCommand.Create(confirmation),
        };
        command.Options.Add(Group);
        command.Options.Add(Json);
        command.Options.Add(StateFile.Option);
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that were redriven or discarded." };
        var limit = LimitOption.Create("How many of each service at most.", byDefault: 100);
        var command = new Command("list", "Shows what waits, oldest first. Ends with 1 when something does. Example: dead-letters list --group inventory")
        {
            all, limit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var databases = (await OpenDatabases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).NameAway();
            var found = new List<DeadLetter>();
            foreach (var (desk, _) in await DeadLetterDesks.OfAsync(databases, cancellationToken))
            {
                found.AddRange(await desk.ListAsync(Filter(parsed), parsed.GetValue(all), parsed.GetValue(limit), cancellationToken));
            }

            DeadLetterPrint.List(found, parsed.GetValue(Json), TableRoom.Of(parsed));
            return databases.EndWith(
                found.Exists(letter => letter.State is DeadLetterState.Parked or DeadLetterState.Redriving) ? ExitCode.Refused : ExitCode.Done);
        });
        return command.TakesFilter();
    }

    private static Command Show()
    {
        var command = new Command("show", "Shows one with its error, headers and data. Example: dead-letters show 17 --group inventory") { Id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var group = parsed.GetValue(Group)!;
            await using var databases = await OpenDatabases.OpenAsync(parsed, group, cancellationToken);
            var (letter, _) = await DeadLetterDesks.FindAsync(databases, group, parsed.GetValue(Id), cancellationToken);
            DeadLetterPrint.One(letter, parsed.GetValue(Json));
            return ExitCode.Done;
        });
        return command.RequiresGroup();
    }
}
