using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Outbox;

/// <summary><c>outbox list</c>.</summary>
internal static class OutboxCommand
{
    public static Command Create()
    {
        var command = new Command(
            "outbox", "Events that are committed, but that no broker has acknowledged yet. Example: outbox list") { List() };
        command.Options.Add(StateFile.Option);
        return command;
    }

    private static Command List()
    {
        var limit = LimitOption.Create("Maximum number for each service.", byDefault: 20);
        var olderThan = new Option<double?>("--older-than")
        {
            Description = "Ends with 1 when an event waits for longer.",
            HelpName = "seconds",
        };
        var command = new Command(
            "list", "Shows how many events wait in each service, and the first of them. Example: outbox list --older-than 30")
            {
                limit, olderThan, JsonOutput.Option,
            };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            await using var databases = (await Databases.OpenAsync(parsed, group: null, cancellationToken)).WarnOfUnreachable();
            var found = await DatabaseOutbox.ReadAsync(databases, parsed.GetValue(limit), cancellationToken);
            OutboxPrint.List(found, now, parsed.IsJson(), TableRoom.Of(parsed));
            return databases.EndWith(
                found.Any(outbox => outbox.Backlog.SecondsAt(now) > parsed.GetValue(olderThan)) ? ExitCode.Refused : ExitCode.Done);
        });
        return command.Writes<IReadOnlyList<OutboxJson>>();
    }
}
