using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters</c>, and its <c>list</c> and <c>show</c>, which change nothing.</summary>
internal static class DeadLettersCommand
{
    public static Command Create(OperatorChanges changes)
    {
        var command = new Command(
            "dead-letters", "Events that a group could not apply, and the events that they block. Example: dead-letters list")
        {
            List(), Show(), RedriveCommand.Create(changes), DiscardCommand.Create(changes),
        };
        command.Options.Add(Group);
        command.Options.Add(JsonOutput.Option);
        command.Options.Add(StateFile.Option);
        return command;
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also lists those that were redriven or discarded." };
        var limit = LimitOption.Create("Maximum number for each service.", byDefault: 100);
        var command = new Command(
            "list",
            "Lists unresolved dead letters, oldest first. Ends with 1 when there are any. Example: dead-letters list --group inventory")
        {
            all, limit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var databases = (await Databases.OpenAsync(parsed, parsed.GetValue(Group), cancellationToken)).WarnOfUnreachable();
            var found = new List<DeadLetter>();
            foreach (var admin in await DeadLetterDatabases.ListAsync(databases, cancellationToken))
            {
                found.AddRange(await admin.ListAsync(Filter(parsed), parsed.GetValue(all), parsed.GetValue(limit), cancellationToken));
            }

            DeadLetterPrint.List(found, parsed.IsJson(), TableRoom.Of(parsed));
            return databases.EndWith(
                found.Exists(deadLetter => deadLetter.State is DeadLetterState.Parked or DeadLetterState.Redriving)
                    ? ExitCode.Refused
                    : ExitCode.Done);
        });
        return command.TakesFilter().Writes<IReadOnlyList<DeadLetterJson>>();
    }

    private static Command Show()
    {
        var command = new Command(
            "show", "Shows one dead letter with its error, headers and data. Example: dead-letters show 17 --group inventory") { Id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var group = parsed.GetValue(Group)!;
            await using var databases = await Databases.OpenAsync(parsed, group, cancellationToken);
            var (deadLetter, _) = await DeadLetterDatabases.FindAsync(databases, group, parsed.GetValue(Id), cancellationToken);
            DeadLetterPrint.One(deadLetter, parsed.IsJson());
            return ExitCode.Done;
        });
        return command.RequiresGroup().Writes<DeadLetterDetailsJson>();
    }
}
